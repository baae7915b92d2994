"""The page's icon, drawn here: icons named by Streamlit are fetched from the network."""

from __future__ import annotations

from PIL import Image, ImageDraw

_PAPER, _INK, _MARK = "#fffdf7", "#57534e", "#9b1c1c"


def icon() -> Image.Image:
    """Return a sheet of paper with one marked line, 32 by 32 pixels."""
    image = Image.new("RGB", (32, 32), _MARK)
    draw = ImageDraw.Draw(image)
    draw.rectangle((5, 2, 26, 29), fill=_PAPER)
    for top, colour in ((7, _INK), (12, _INK), (17, _MARK), (22, _INK)):
        draw.rectangle((8, top, 23, top + 2), fill=colour)
    return image
