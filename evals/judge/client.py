"""Asking a chat model for one verdict over the OpenAI-compatible protocol, by httpx, with retries by tenacity."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Literal

import httpx
from pydantic import BaseModel, ValidationError
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from evals.errors import EvalError
from evals.judge.settings import JudgeSettings

_LONGEST_WAIT = 30.0
_BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
_NO_SCHEMA = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})


class Verdict(BaseModel):
    """What a judge says of one answer, the reason first so that it is given before the mark."""

    reason: str
    supported: bool
    verdict: Literal["right", "partly", "wrong"]


class NoVerdict(EvalError):
    """One answer could not be judged; others may."""


class JudgeRefuses(EvalError):
    """The server will judge nothing: wrong address, model or key."""


class Judge:
    """A chat model behind an OpenAI-compatible server; close it, or use it as a context."""

    def __init__(self, settings: JudgeSettings) -> None:
        """Open a client; nothing is sent before the first question."""
        key = settings.api_key.get_secret_value()
        self._settings = settings
        self._client = httpx.Client(
            base_url=str(settings.base_url),
            timeout=settings.timeout,
            headers={"Authorization": f"Bearer {key}"} if key else {},
        )
        self._by_schema = True

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.close()

    def ask(self, system: str, case: str) -> Verdict:
        """Return the verdict on one case. Raises ``NoVerdict`` or ``JudgeRefuses``."""
        try:
            return _read(self._complete(system, case))
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
                raise JudgeRefuses(
                    f"Máy chủ chấm từ chối (mã {status}).",
                    remedy="Kiểm tra địa chỉ, tên mô hình và khoá trong các biến TDKT_JUDGE_*.",
                    detail=f"HTTP {status}",
                ) from error
            raise NoVerdict(f"máy chủ chấm báo lỗi {status}", detail=f"HTTP {status}") from error
        except httpx.HTTPError as error:
            raise NoVerdict("không gọi được máy chủ chấm", detail=type(error).__name__) from error

    def _complete(self, system: str, case: str) -> str:
        """Return the text of the reply; a server that knows no schema is asked without one from then on."""
        messages = [{"role": "system", "content": system}, {"role": "user", "content": case}]
        body: dict[str, Any] = {"model": self._settings.model, "temperature": 0, "messages": messages}
        try:
            return self._post(body | _schema() if self._by_schema else body)
        except httpx.HTTPStatusError as error:
            if not self._by_schema or error.response.status_code not in _NO_SCHEMA:
                raise
            self._by_schema = False
            return self._post(body)

    def _post(self, body: dict[str, Any]) -> str:
        attempts = Retrying(
            stop=stop_after_attempt(self._settings.attempts),
            wait=_wait,
            retry=retry_if_exception(_passing),
            reraise=True,
        )
        for attempt in attempts:
            with attempt:
                reply = self._client.post("chat/completions", json=body).raise_for_status()
        try:
            return str(reply.json()["choices"][0]["message"]["content"])
        except (ValueError, LookupError, TypeError) as error:
            raise NoVerdict("máy chủ chấm trả về thứ không phải câu trả lời", detail=type(error).__name__) from error


def _passing(error: BaseException) -> bool:
    """Whether trying again may help: the line broke, or the server is busy or failing."""
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code in _BUSY or error.response.is_server_error
    return isinstance(error, httpx.TransportError)


_backing_off = wait_random_exponential(multiplier=0.2, max=_LONGEST_WAIT)


def _wait(state: RetryCallState) -> float:
    """Wait as long as the server asks, else longer from time to time."""
    error = state.outcome.exception() if state.outcome is not None else None
    asked = error.response.headers.get("retry-after", "") if isinstance(error, httpx.HTTPStatusError) else ""
    return min(float(asked), _LONGEST_WAIT) if asked.isdigit() else _backing_off(state)


def _schema() -> dict[str, Any]:
    schema = {**Verdict.model_json_schema(), "additionalProperties": False}
    return {
        "response_format": {"type": "json_schema", "json_schema": {"name": "verdict", "strict": True, "schema": schema}}
    }


def _read(text: str) -> Verdict:
    """Read the verdict in a reply that may have words or a code fence around it."""
    try:
        return Verdict.model_validate_json(text[text.find("{") : text.rfind("}") + 1])
    except ValidationError as error:
        raise NoVerdict("lời chấm không đúng mẫu", detail=text[:200]) from error
