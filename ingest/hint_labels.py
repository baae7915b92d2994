"""What readers and the structure step agree on beyond the kinds of hints."""

from __future__ import annotations

FIELD_LEVEL = 9
"""Level of a heading that is a form's field: inside whatever heading stands above the form."""
GOES_ON = "goes on"
"""Label of a table that is the rest of the one before it, without headers."""
SHEET = "sheet"
"""Label of a heading that is the name of a workbook's sheet."""
