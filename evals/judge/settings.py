"""Which server judges: arguments, then ``TDKT_JUDGE_*`` environment variables. There is no default server."""

from __future__ import annotations

from pydantic import Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from evals.errors import EvalError

PREFIX = "TDKT_JUDGE_"


class JudgeSettings(BaseSettings):
    """An OpenAI-compatible chat endpoint.

    ``base_url`` ends before ``/chat/completions``; ``timeout`` seconds for one reply; ``attempts`` in all for one
    question; the key is taken from the environment only and never shown or stored.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True)

    base_url: HttpUrl
    model: str = Field(min_length=1)
    api_key: SecretStr = SecretStr("")
    timeout: float = Field(default=60.0, gt=0)
    attempts: int = Field(default=4, ge=1)

    @property
    def host(self) -> str:
        """The server's name, for the record."""
        return str(self.base_url.host)

    @classmethod
    def read(cls, base_url: str | None = None, model: str | None = None) -> JudgeSettings:
        """Combine what is given with the environment. Raises ``EvalError`` naming what is missing or wrong."""
        given = {name: value for name, value in (("base_url", base_url), ("model", model)) if value}
        try:
            return cls(**given)  # type: ignore[arg-type]
        except ValidationError as error:
            wrong = sorted({f"{PREFIX}{error_at['loc'][0]}".upper() for error_at in error.errors() if error_at["loc"]})
            raise EvalError(
                f"Chưa cấu hình được mô hình chấm: thiếu hoặc sai {', '.join(wrong)}.",
                remedy=f"Đặt {PREFIX}BASE_URL (ví dụ http://127.0.0.1:8080/v1), {PREFIX}MODEL và, nếu máy chủ cần, "
                f"{PREFIX}API_KEY; hoặc dùng --base-url, --model.",
                detail=str(error.error_count()),
            ) from error
