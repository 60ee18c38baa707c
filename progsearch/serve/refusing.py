"""Answers without a page of their own: why there is none, and the same address made clean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from progsearch.errors import ProgsearchError
from progsearch.report.markup import Node
from progsearch.serve.page import Shown, page
from progsearch.serve.state import given

__all__ = ["HTML", "clean", "error_of_call", "refusal"]

HTML = "text/html; charset=utf-8"


def refusal(shown: Shown, title: str, content: Sequence[Node | None], status: int) -> Response:
    """A page without an answer."""
    body = "".join(page(shown, title, content)).encode("utf-8", "replace")
    return Response(body, status, media_type=HTML, headers={"cache-control": "no-store"})


def clean(request: Request) -> Response:
    """The same address without what a form has left empty."""
    asked = given(request.url.query)
    return RedirectResponse(f"{request.url.path}?{asked}" if asked else request.url.path, 303)


def error_of_call(
    error: ProgsearchError, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    """An error of the API."""
    told = {"what": error.what, "where": error.where, "remedy": error.remedy}
    return JSONResponse({"error": told}, status, headers=headers)
