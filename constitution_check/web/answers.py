"""How a refusal is said: as a page to people, as JSON of one shape to programs."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from constitution_check.web import refusals
from constitution_check.web.refusals import Refusal
from constitution_check.web.site import page, site_of

FOR_PROGRAMS = ("/api/", "/openapi.json")


def answer(scope: Scope, refusal: Refusal) -> Response:
    """The refusal in the form that the path asks for."""
    request = Request(scope)
    if scope["path"].startswith(FOR_PROGRAMS):
        return JSONResponse({"error": {"code": refusal.code, "message": refusal.message}}, refusal.status,
                            refusal.headers)
    if "app" not in scope:  # before the site's own part has begun
        return Response(refusal.message, refusal.status, refusal.headers, "text/plain; charset=utf-8")
    if refusal.at:
        from constitution_check.web.session import visitor_of

        under_way = site_of(request).desk.under_way(visitor_of(request)) if refusal.code == "one-at-a-time" else None
        return page(request, "form.html.j2", refusal.status, refusal.headers, refusal=refusal, under_way=under_way)
    return page(request, "error.html.j2", refusal.status, refusal.headers, refusal=refusal)


def refused(request: Request, error: Exception) -> Response:
    """The handler of refusals that are raised."""
    assert isinstance(error, Refusal)
    return answer(request.scope, error)


def http_error(request: Request, error: Exception) -> Response:
    """The handler of what the framework itself refuses: no such page, wrong method, a form that cannot be parsed."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return answer(request.scope, refusals.not_there())
    if error.status_code == 400:
        return answer(request.scope, refusals.wrong_form(error.detail))
    said = HTTPStatus(error.status_code).phrase
    code = said.lower().replace(" ", "-")
    refusal = Refusal(error.status_code, code, f"{said}: the request cannot be answered in this way.",
                      headers=dict(error.headers or {}))
    return answer(request.scope, refusal)


def fault(request: Request, error: Exception) -> Response:
    """The handler of what should not happen."""
    return answer(request.scope, refusals.went_wrong())


def gone_away(request: Request, error: Exception) -> Response:
    """The handler of a visitor who closed the line: nobody hears the answer."""
    return Response(status_code=400)
