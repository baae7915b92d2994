"""``python -m assistant.lexicon``: check the officers' files and make them ready for look-up."""

from __future__ import annotations

import sys

from assistant.lexicon.compiled import write
from assistant.lexicon.lint import counts, problems


def main() -> int:
    """Print what is wrong and return 1, or write the compiled file and return 0."""
    found = problems()
    for line in found:
        sys.stdout.write(line + "\n")
    if found:
        sys.stdout.write(f"Từ điển còn {len(found)} chỗ cần sửa; chưa ghi bản dựng sẵn.\n")
        return 1
    write()
    groups, abbreviations = counts()
    sys.stdout.write(f"Từ điển đạt: {groups} nhóm cách nói, {abbreviations} chữ viết tắt; đã ghi bản dựng sẵn.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
