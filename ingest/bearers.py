"""Whom a form is about: the person or body that one of its fields names."""

from __future__ import annotations

import re

from ingest import patterns as p
from ingest.titles import Parts, organ_case, tidy

_BEARER = re.compile(
    r"^(?:[-+•*–]\s*|\d{1,2}[.)]\s*|[a-zđ]\)\s*)?"
    r"(?P<what>Họ và tên|Họ,? tên|Tên (?:đơn vị|tập thể|cơ quan|tổ chức))(?: [^:]{0,40})?\s*:\s*"
    r"(?P<name>[^\W\d_][^;:.…()\n]{2,80})",
    re.MULTILINE,
)
"""A form's field that says whom it is about."""
_BEARER_WITHIN = 4000


def with_bearer(subject: str, parts: Parts) -> str:
    """Say whom a paper is about where one field of it, and one only, names the person or the body."""
    found = list(_BEARER.finditer(parts.text[:_BEARER_WITHIN]))
    if len(found) != 1 or not subject or " của " in subject:
        return subject
    name = tidy(found[0]["name"].split(",")[0])
    if p.is_capitals(name):
        name = name.title() if found[0]["what"].startswith("Họ") else organ_case(name, parts.text)
    return subject if not name or name.lower() in subject.lower() else f"{subject} của {name}"
