import subprocess
import sys


def test_every_file_gets_a_line_with_what_reading_it_took(root, tmp_path):
    (tmp_path / "a.txt").write_text("Phong trào thi đua\f\nTrang hai của báo cáo", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 ")
    command = [sys.executable, "-m", "ingest.bench", str(tmp_path)]
    lines = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=root).stdout.splitlines()
    rows = [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]
    assert [(row["file"], row["pages"]) for row in rows] == [("a.txt", "2"), ("b.pdf", "0")]
    assert float(rows[0]["wall_s"]) >= 0
    assert "hỏng" in rows[1]["said"]
