"""Puts the page together: routes, guards, and what lives as long as the server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from constitution_check.clause_records import Library
from constitution_check.library import load_library
from constitution_check.web import answers, api, pages, refusals, work
from constitution_check.web.desk import Desk, Work
from constitution_check.web.folder import private_folder
from constitution_check.web.guards import BodyLimit, KnownHost, Quiet, SafeHeaders
from constitution_check.web.refusals import Refusal
from constitution_check.web.settings import Settings
from constitution_check.web.site import STATIC, Site

DAY = 86_400


def create_app(settings: Settings | None = None, do: Work = work.work, library: Library | None = None) -> ASGIApp:
    """The whole site as an ASGI application. do, library: what is done with a job, and what the pages tell of."""
    settings = settings or Settings()
    site = Site(settings, library or load_library(examples=False), Desk(settings, do))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if do is work.work:  # before there is a private folder: its socket must outlive that
            await run_in_threadpool(work.get_ready)
        with private_folder() as folder:
            site.folder = folder
            site.desk.open()
            try:
                yield
            finally:
                await run_in_threadpool(site.desk.close)

    app = Starlette(
        routes=[*pages.ROUTES, *api.ROUTES, Route("/static/{name}", static)], lifespan=lifespan,
        middleware=[Middleware(KnownHost, settings=settings, answer=answers.answer),
                    Middleware(BodyLimit, answer=answers.answer), Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={Refusal: answers.refused, HTTPException: answers.http_error, Exception: answers.fault,
                            ClientDisconnect: answers.gone_away})
    app.router.redirect_slashes = False
    app.state.site = site
    return Quiet(SafeHeaders(app, settings))


def static(request: Request) -> Response:
    """A file of the style; its address changes with its content."""
    name = request.path_params["name"]
    if name not in {path.name for path in STATIC.iterdir()}:
        raise refusals.not_there()
    kept = "public, max-age=31536000, immutable" if request.url.query else f"public, max-age={DAY}"
    return FileResponse(STATIC / name, headers={"Cache-Control": kept})
