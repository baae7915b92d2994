"""Makes the bundled documents from their sources: ``python -m ingest.samples.make [--font PREFIX] [--out DIR]``.

Needs reportlab and the fonts of Debian's ``fonts-croscore`` (or ``--font /path/Family``, of which
``Family-Regular.ttf``, ``-Bold``, ``-Italic`` and ``-BoldItalic`` are read). The results are committed, so a reader
of the project needs neither.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ingest.samples import FOLDER
from ingest.samples.as_docx import as_docx
from ingest.samples.as_pdf import FONT, as_pdf, font_files
from ingest.samples.as_text import as_html, as_markdown, as_text
from ingest.samples.source import Script, scripts

SOURCES = Path(__file__).parent / "sources"


def make(script: Script, font: Path = FONT) -> bytes:
    """Return the bytes of the document that a source describes; its file name's ending chooses the format."""
    ending = Path(script.file).suffix
    if ending == ".pdf":
        return as_pdf(script, font)
    if ending == ".docx":
        return as_docx(script)
    writer = {".md": as_markdown, ".txt": as_text, ".html": as_html}[ending]
    return writer(script).encode("utf-8")


def main() -> int:
    """Write every document; exit 2 when the font is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--font", type=Path, default=FONT, help="đường dẫn và tên họ phông, không kèm -Regular.ttf")
    parser.add_argument("--out", type=Path, default=FOLDER, help="thư mục ghi tài liệu")
    given = parser.parse_args()
    missing = [path for path in font_files(given.font) if not path.is_file()]
    if missing:
        sys.stderr.write(f"Không thấy phông {missing[0]}; cài gói fonts-croscore hoặc chỉ phông khác bằng --font.\n")
        return 2
    given.out.mkdir(parents=True, exist_ok=True)
    for script in scripts(SOURCES):
        data = make(script, given.font)
        (given.out / script.file).write_bytes(data)
        sys.stdout.write(f"{script.file}: {len(data)} byte\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
