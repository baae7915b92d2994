"""A real HTTP server on this machine speaks the embeddings API; texts go through it into a store and back."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from vectorstore.base import Embedder
from vectorstore.embed import load_embedder, shipped
from vectorstore.errors import EmbedderUnavailable


class Server(ThreadingHTTPServer):
    seen: list[dict[str, object]]
    broken = False


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
        vectors = shipped().encode_documents(body["input"])
        rows = [{"index": n, "embedding": vector.tolist()} for n, vector in enumerate(vectors)]
        # The API promises an index, not an order.
        answer = b'{"data": []}' if self.server.broken else json.dumps({"data": rows[::-1]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    made.seen = []
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def address(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/v1#mo-hinh"


def test_a_server_is_an_embedder(server: Server) -> None:
    embedder = load_embedder(address(server), "khoa")
    assert isinstance(embedder, Embedder)
    texts = [f"câu số {number}" for number in range(130)]
    assert np.allclose(embedder.encode_documents(texts), shipped().encode_documents(texts), atol=1e-5)
    assert embedder.encode_documents([]).shape == (0, embedder.dimension)
    assert [len(one["input"]) for one in server.seen] == [1, 64, 64, 2]
    assert {(one["path"], one["key"], one["model"]) for one in server.seen} == {
        ("/v1/embeddings", "Bearer khoa", "mo-hinh")
    }
    assert embedder.name.startswith("mo-hinh@127.0.0.1:")


def test_an_answer_without_vectors_is_a_named_error(server: Server) -> None:
    server.broken = True
    with pytest.raises(EmbedderUnavailable) as caught:
        load_embedder(address(server)).encode_queries(["một câu"])
    assert "127.0.0.1" in caught.value.message


def test_a_server_that_is_not_there_is_a_named_error(server: Server) -> None:
    gone = address(server)
    server.shutdown()
    server.server_close()
    with pytest.raises(EmbedderUnavailable) as caught:
        load_embedder(gone).encode_queries(["một câu"])
    assert "máy chủ" in caught.value.remedy.lower()
