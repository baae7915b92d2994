"""Vietnamese capitals for regular expressions.

In code-point order small and capital letters alternate, so that no range (À to Ỹ) holds only one kind.
"""

from __future__ import annotations

UPPER = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isupper())
"""Content of a character class: every capital of Vietnamese (and some more)."""
