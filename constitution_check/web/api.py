"""The door for programs: files in, the JSON report out."""

from __future__ import annotations

import shutil
from functools import cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from constitution_check.dates import parse_date
from constitution_check.errors import CheckError
from constitution_check.reports.jsonreport import render_json
from constitution_check.web import openapi, refusals
from constitution_check.web.jobs import Job, Task
from constitution_check.web.refusals import Refusal
from constitution_check.web.session import address_of, require_own_site
from constitution_check.web.site import Site, site_of
from constitution_check.web.upload import Upload, drained, store, taken


async def check(request: Request) -> Response:
    """Check what was sent and answer when it is done; the check is stopped where the caller goes away."""
    site, address = site_of(request), address_of(request)
    visitor = _visitor(site, address)
    try:
        if "cookie" in request.headers:
            raise refusals.unwelcome_cookie()
        require_own_site(request)
        site.desk.refuse_early(visitor, address)
    except Refusal:
        await drained(request)
        raise
    async with taken(request, site.folder) as form:
        upload = await store(form, site.folder)
    try:
        job = Job(_task(upload, site), visitor, address)
        site.desk.take(job)
    except BaseException:
        shutil.rmtree(upload.folder, ignore_errors=True)
        raise
    try:
        return await _answer(request, job, site)
    finally:
        site.desk.delete(job)


async def _answer(request: Request, job: Job, site: Site) -> Response:
    while not await run_in_threadpool(site.desk.wait, job, _ended, 1.0):
        if job.cancelled or await request.is_disconnected():
            raise refusals.stopped()
    if job.refusal is not None:
        raise job.refusal
    assert job.report is not None
    return Response(render_json([job.report]), media_type="application/json")


def _ended(job: Job) -> bool:
    """All is done, and the files are gone: an answer means that nothing is kept."""
    return job.ended


def _visitor(site: Site, address: str) -> str:
    """On a server each address is one visitor; on one's own machine each request is."""
    import secrets

    return f"address {address}" if site.settings.public else secrets.token_urlsafe(16)


def _task(upload: Upload, site: Site) -> Task:
    """What is to be checked. Raises Refusal for no constitution, an unknown safeguard, or a date that is none."""
    if not upload.files.get("constitution"):
        raise refusals.no_file()
    try:
        day = parse_date(upload.one("as_of")) if upload.one("as_of") else None
        wanted = tuple(site.library.get(one).id for one in upload.fields.get("safeguard", ()) if one)
    except CheckError as error:
        raise refusals.cannot_check(str(error)) from None
    return Task(folder=upload.folder, constitution=upload.files["constitution"][0], size=upload.size, extras=False,
                handbooks=tuple(upload.files.get("handbook", ())), as_of=day, safeguards=wanted)


@cache
def _described() -> dict[str, Any]:
    return openapi.description()


def describe(request: Request) -> Response:
    """The API's description."""
    return JSONResponse(_described())


ROUTES = [Route("/api/check", check, methods=["POST"]), Route("/openapi.json", describe)]
