"""Making perturbed questions out of gold ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

from evals.errors import BadGold
from evals.perturb import accents, keyboard, wording
from evals.records import GoldQuestion

Change = Callable[[str, Random], str]


@dataclass(frozen=True, slots=True)
class Perturbation:
    """A change of wording that must not change the answer, and its Vietnamese name."""

    title: str
    change: Change


PERTURBATIONS: Mapping[str, Perturbation] = MappingProxyType(
    {
        "no_accents": Perturbation("không dấu", accents.no_accents),
        "half_accents": Perturbation("nửa có dấu nửa không", accents.half_accents),
        "nfd": Perturbation("Unicode tổ hợp (NFD)", accents.decomposed),
        "telex": Perturbation("gõ sai Telex", keyboard.telex),
        "vni": Perturbation("gõ sai VNI", keyboard.vni),
        "keys": Perturbation("gõ nhầm phím bên cạnh", keyboard.neighbour_key),
        "abbreviations": Perturbation("viết tắt", wording.abbreviated),
        "upper": Perturbation("viết hoa toàn bộ", wording.upper),
        "tone_placement": Perturbation("hoà/hòa", accents.tone_placement),
        "polite": Perturbation("rào đón lịch sự", wording.polite),
    }
)

SEED = 7


def perturb(questions: Iterable[GoldQuestion], names: Sequence[str], seed: int = SEED) -> list[GoldQuestion]:
    """Return a variant of each question for each named perturbation, in that order.

    A question that a perturbation leaves as it is gets no variant. The same seed gives the same variants, whatever
    else is asked for. Raises ``BadGold`` for an unknown name.
    """
    unknown = [name for name in names if name not in PERTURBATIONS]
    if unknown:
        raise BadGold(
            f"Không có cách biến đổi câu hỏi tên: {', '.join(unknown)}.",
            remedy=f"Dùng: {', '.join(PERTURBATIONS)} hoặc all.",
        )
    questions = list(questions)
    variants = (_variant(question, name, seed) for name in names for question in questions)
    return [variant for variant in variants if variant is not None]


def _variant(question: GoldQuestion, name: str, seed: int) -> GoldQuestion | None:
    changed = PERTURBATIONS[name].change(question.question, Random(f"{seed}:{name}:{question.id}"))
    if changed == question.question:
        return None
    return replace(question, id=f"{question.id}~{name}", question=changed, origin=question.id, variant=name)
