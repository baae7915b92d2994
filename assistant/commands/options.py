"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="THƯ_MỤC",
        help="Kho tài liệu. Mặc định: biến môi trường TDKT_STORE, nếu không có thì thư mục dữ liệu của người dùng.",
    ),
]
ReferenceArgument = Annotated[str, typer.Argument(metavar="TÀI_LIỆU", help="Tên tệp hoặc phần đầu mã tài liệu.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Không hỏi lại.")]
JsonOption = Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")]
EngineOption = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="CÁCH",
        help="Cách soạn câu trả lời: extractive (trích nguyên văn, không cần mô hình) hoặc model.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="NĂM-THÁNG-NGÀY", help="Trả lời theo văn bản có hiệu lực ngày này."),
]
HistoryOption = Annotated[
    Path | None,
    typer.Option("--history", metavar="TỆP", help='Tệp JSON các lượt hỏi trước: [{"role", "content"}].'),
]
BatchOption = Annotated[
    Path | None,
    typer.Option("--batch", metavar="TỆP", help='Hỏi nhiều câu: tệp JSONL, mỗi dòng {"id", "question", "history"}.'),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="TỆP", help="Nơi ghi kết quả của --batch (JSONL)."),
]
