"""All metrics by name, and the marking of a case with each of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evals.metrics import answers, citations, refusals, retrieval
from evals.records import Case, Marked, Scorer


@dataclass(frozen=True, slots=True)
class MetricInfo:
    """How a metric is called, explained and read. ``lower_is_better`` turns its comparisons round."""

    title: str
    meaning: str
    group: str
    scorer: Scorer
    lower_is_better: bool = False


def _info(group: str, title: str, meaning: str, scorer: Scorer, lower: bool = False) -> MetricInfo:
    return MetricInfo(title, meaning, group, scorer, lower)


ANSWER, CITATION, REFUSAL, RETRIEVAL = "Câu trả lời", "Trích dẫn", "Từ chối", "Tìm kiếm"

METRICS: Mapping[str, MetricInfo] = MappingProxyType(
    {
        "strict": _info(ANSWER, "Đúng và có dẫn chứng", "trả lời đúng, đồng thời dẫn đúng chỗ", citations.strict),
        "right": _info(ANSWER, "Đúng", "đủ điều phải có, không có điều không được có", answers.right),
        "right_answerable": _info(
            ANSWER, "Đúng, câu trả lời được", "tính trên câu tài liệu có trả lời", answers.answerable_right
        ),
        "right_unanswerable": _info(
            ANSWER, "Đúng, câu không trả lời được", "nói rõ tài liệu không có", answers.unanswerable_right
        ),
        "figures": _info(ANSWER, "Đúng con số, ngày", "phần con số phải có được nêu đúng", answers.figure_exactness),
        "list_f1": _info(ANSWER, "F1 liệt kê", "cân bằng giữa đủ mục và không thừa mục", answers.list_f1),
        "cited_answerable": _info(
            CITATION, "Dẫn đúng chỗ", "một trích dẫn chứa bằng chứng của câu hỏi", citations.answerable_cited
        ),
        "citation_recall": _info(
            CITATION, "Câu có căn cứ", "câu được chính trích dẫn của nó chứng minh", citations.citation_recall
        ),
        "citation_precision": _info(
            CITATION, "Trích dẫn cần thiết", "trích dẫn thật sự chứng minh câu mang nó", citations.citation_precision
        ),
        "figures_quoted": _info(
            CITATION, "Con số có trong lời trích", "mọi con số của câu có trong lời trích", citations.figures_quoted
        ),
        "verbatim": _info(CITATION, "Trích nguyên văn", "lời trích khớp từng chữ, đúng vị trí", citations.verbatim),
        "page": _info(CITATION, "Đúng trang", "trang ghi trong trích dẫn là trang in lời trích", citations.page),
        "provision": _info(
            CITATION, "Đúng mục", "mục hoặc Điều ghi trong trích dẫn là nơi có lời trích", citations.provision
        ),
        "provision_expected": _info(
            CITATION, "Khớp mục của gold", "mục được dẫn khớp mục người soạn gold nêu", citations.provision_expected
        ),
        "refusal_precision": _info(
            REFUSAL, "Từ chối đúng", "trong các lần từ chối, phần tài liệu không có thật", refusals.refusal_precision
        ),
        "refusal_recall": _info(
            REFUSAL, "Không bỏ sót từ chối", "trong câu không trả lời được, phần đã từ chối", refusals.refusal_recall
        ),
        "false_refusal": _info(
            REFUSAL, "Từ chối nhầm", "trong câu trả lời được, phần bị từ chối", refusals.false_refusal, lower=True
        ),
        **{
            f"recall@{k}": _info(
                RETRIEVAL, f"Thấy trong {k}", "dòng bằng chứng đầu nằm trong chừng ấy đoạn", retrieval.recall_at(k)
            )
            for k in retrieval.KS
        },
        "coverage@8": _info(
            RETRIEVAL, "Phủ bằng chứng trong 8", "phần các dòng bằng chứng có trong 8 đoạn", retrieval.coverage_at(8)
        ),
        "mrr": _info(RETRIEVAL, "MRR", "nghịch đảo thứ hạng của dòng bằng chứng đầu", retrieval.reciprocal_rank),
        "ndcg@10": _info(RETRIEVAL, "nDCG@10", "bằng chứng càng ở trên càng cao điểm", retrieval.ndcg_at(10)),
    }
)


def mark(case: Case) -> Marked:
    """Apply every metric to one case."""
    return Marked(case, answers.verdict(case).outcome, {name: info.scorer(case) for name, info in METRICS.items()})
