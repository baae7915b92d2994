"""How the characters of a Word document are set: legacy fonts, and text that nobody can see on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ingest.legacy import LegacyFont, believed, convert_run, font_of, has_unicode_letters
from ingest.readers.docx.numbering import W

_TINY = 7
"""Half-points: below 3.5 pt nobody reads."""
_WHITE = 0xF5
_OFF = frozenset({"0", "false", "off", "none"})
_UNSEEN_WORDS = {"hidden": "chữ ẩn", "tiny": "chữ quá nhỏ", "white": "chữ trắng trên nền trắng"}


@dataclass(frozen=True, slots=True)
class RunForm:
    """How a run is set: ``font`` by name, ``size`` in half-points, ``color`` as six hex digits; "" where not said."""

    font: str = ""
    size: str = ""
    color: str = ""
    hidden: bool = False

    def over(self, properties: Any | None) -> RunForm:  # noqa: ANN401
        """Return this form under the settings of an ``rPr`` element."""
        if properties is None:
            return self
        fonts = properties.find(W + "rFonts")
        font = "" if fonts is None else fonts.get(W + "hAnsi") or fonts.get(W + "ascii") or ""
        vanish = properties.find(W + "vanish")
        hidden = self.hidden if vanish is None else (vanish.get(W + "val") or "1").lower() not in _OFF
        return RunForm(
            font or self.font, _value(properties, "sz") or self.size, _value(properties, "color") or self.color, hidden
        )


class RunForms:
    """Looks up how runs are set; ``styles`` is the root of ``styles.xml``, ``parts`` are the roots that hold text."""

    def __init__(self, styles: Any | None, parts: Iterable[Any]) -> None:  # noqa: ANN401
        nodes = [] if styles is None else styles.findall(W + "style")
        self._nodes = {node.get(W + "styleId"): node for node in nodes}
        defaults = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._plain = RunForm().over(defaults)
        default = [n.get(W + "styleId") for n in nodes if n.get(W + "type") == "paragraph" and n.get(W + "default")]
        self._default = default[0] if default else ""
        self._styles: dict[tuple[str, RunForm], RunForm] = {}
        self._fonts: dict[str, LegacyFont | None] = {}
        self._shaded_styles = {
            name for name, node in self._nodes.items() if any(_is_dark(shade) for shade in node.iter(W + "shd"))
        }
        self.unseen: Counter[str] = Counter()
        """Characters left out, by the reason."""
        runs = [(run, font) for part in parts for run in part.iter(W + "r") if (font := self._named(run)) is not None]
        self.legacy = bool(runs)
        self.believed = believed(_text(run) for run, _ in runs)
        self.converted = False

    def font(self, run: Any) -> LegacyFont | None:  # noqa: ANN401
        """Return the legacy font of a run, ``None`` for Unicode and where fonts' names cannot be believed."""
        return self._named(run) if self.legacy and self.believed else None

    def is_unseen(self, run: Any, text: str) -> bool:  # noqa: ANN401
        """Say whether nobody can see the run on paper; its letters are counted in ``unseen`` then."""
        form = self.form(run)
        reason = ""
        if form.hidden:
            reason = "hidden"
        elif form.size.isdigit() and int(form.size) < _TINY:
            reason = "tiny"
        elif _is_white(form.color) and not self._on_colour(run):
            reason = "white"
        if not reason:
            return False
        self.unseen[reason] += sum(1 for character in text if not character.isspace())
        return True

    def warnings(self) -> list[str]:
        """Say what was left out and what was converted."""
        said = [
            f"Bỏ {count} ký tự {_UNSEEN_WORDS[reason]}, mắt không đọc được trên bản in."
            for reason, count in self.unseen.items()
            if count
        ]
        if self.converted:
            said.append("Chữ viết bằng phông cũ (.Vn… hoặc VNI-…) đã được chuyển sang Unicode.")
        return said

    def form(self, run: Any) -> RunForm:  # noqa: ANN401
        """Return how a run is set: its own settings over its style's over its paragraph's."""
        paragraph = next(run.iterancestors(W + "p"), None)
        properties = None if paragraph is None else paragraph.find(W + "pPr")
        form = self._style(_value(properties, "pStyle") or self._default, self._plain)
        own = run.find(W + "rPr")
        style = _value(own, "rStyle")
        return (self._style(style, form) if style else form).over(own)

    def _style(self, name: str, under: RunForm, seen: tuple[str, ...] = ()) -> RunForm:
        key = (name, under)
        if key not in self._styles:
            node = self._nodes.get(name)
            if node is None or name in seen:
                return under
            base = _value(node, "basedOn")
            below = self._style(base, under, (*seen, name)) if base else under
            self._styles[key] = below.over(node.find(W + "rPr"))
        return self._styles[key]

    def _named(self, run: Any) -> LegacyFont | None:  # noqa: ANN401
        name = self.form(run).font
        if name not in self._fonts:
            self._fonts[name] = font_of(name)
        return self._fonts[name]

    def _on_colour(self, run: Any) -> bool:  # noqa: ANN401
        """Say whether something darker than paper may lie behind a run: shading, highlight, a box, a table style."""
        own = run.find(W + "rPr")
        if own is not None and (own.find(W + "highlight") is not None or _is_dark(own.find(W + "shd"))):
            return True
        for above in run.iterancestors():
            if above.tag == W + "txbxContent":
                return True
            name = above.tag.removeprefix(W)
            properties = above.find(f"{W}{name}Pr") if name in ("p", "tc", "tbl") else None
            if properties is None:
                continue
            if _is_dark(properties.find(W + "shd")):
                return True
            if _value(properties, "tblStyle") in self._shaded_styles or _value(properties, "pStyle") in (
                self._shaded_styles
            ):
                return True
        return False


@dataclass(slots=True)
class SetSpan:
    """Text in one font, and the label of the note it refers to ("" for running text)."""

    text: str
    label: str
    font: LegacyFont | None = None


def unicode_spans(spans: Iterable[SetSpan], forms: RunForms) -> list[tuple[str, str]]:
    """Convert what stands in legacy fonts; runs of one font are joined first, since VNI splits letters over two."""
    joined: list[SetSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last is not None and last.font == span.font and not (last.label or span.label):
            last.text += span.text
        else:
            joined.append(span)
    if any(span.font is not None and has_unicode_letters(span.text) for span in joined):
        return [(span.text, span.label) for span in joined]
    result: list[tuple[str, str]] = []
    for span in joined:
        text = span.text if span.font is None or span.label else convert_run(span.text, span.font)
        forms.converted = forms.converted or text != span.text
        result.append((text, span.label))
    return result


def _text(run: Any) -> str:  # noqa: ANN401
    return "".join(node.text or "" for node in run.iter(W + "t"))


def _value(node: Any | None, name: str) -> str:  # noqa: ANN401
    child = None if node is None else node.find(W + name)
    value = None if child is None else child.get(W + "val")
    return "" if value is None else str(value)


def _is_white(color: str) -> bool:
    try:
        return len(color) == 6 and all(int(color[i : i + 2], 16) >= _WHITE for i in (0, 2, 4))
    except ValueError:
        return False


def _is_dark(shade: Any | None) -> bool:  # noqa: ANN401
    """Say whether a ``shd`` element colours its ground (a pattern or a theme colour counts)."""
    if shade is None:
        return False
    fill = shade.get(W + "fill") or "auto"
    if shade.get(W + "themeFill") is not None or shade.get(W + "val") not in (None, "clear", "nil"):
        return True
    return fill != "auto" and not _is_white(fill)
