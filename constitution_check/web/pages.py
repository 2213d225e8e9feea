"""The pages for people: the form, how far a check is, its result, the library."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from constitution_check.clause_records import Library, Safeguard
from constitution_check.errors import CheckError
from constitution_check.web import refusals
from constitution_check.web.downloads import LABELS
from constitution_check.web.jobs import Job, State, Task
from constitution_check.web.names import attachment
from constitution_check.web.refusals import Refusal
from constitution_check.web.result import Shown
from constitution_check.web.session import address_of, require_own_site, require_token, visitor_of
from constitution_check.web.site import HERE, page, site_of
from constitution_check.web.upload import Upload, drained, store, taken

EXAMPLES = HERE / "example"
WAIT_FOR_DOWNLOAD = 60
"""Seconds that a download is waited for while it is still being made."""


def front(request: Request) -> Response:
    """The form."""
    return page(request, "form.html.j2", refusal=None, under_way=None)


async def begin(request: Request) -> Response:
    """Take a form with files and put its check in the queue."""
    site, visitor, address = site_of(request), visitor_of(request), address_of(request)
    try:
        require_own_site(request)
        site.desk.refuse_early(visitor, address)
    except Refusal:
        await drained(request)
        raise
    async with taken(request, site.folder) as form:
        require_token(request, site.secret, str(form.get("token", "")))
        upload = await store(form, site.folder)
    try:
        job = Job(await run_in_threadpool(task_of, upload), visitor, address)
        site.desk.take(job)
    except BaseException:
        shutil.rmtree(upload.folder, ignore_errors=True)
        raise
    return RedirectResponse(f"/check/{job.id}#top", status_code=303)


def task_of(upload: Upload) -> Task:
    """What is to be checked; the example where that was asked for. Raises Refusal where no constitution came."""
    if upload.one("example"):
        upload.files = {"constitution": [_example(upload.folder)]}
    if not upload.files.get("constitution"):
        raise refusals.no_file()
    return Task(folder=upload.folder, constitution=upload.files["constitution"][0], size=upload.size,
                handbooks=tuple(upload.files.get("handbook", ())),
                earlier=next(iter(upload.files.get("earlier", ())), None))


def _example(folder: Path) -> Path:
    (example,) = EXAMPLES.glob("*.docx")
    (folder / "example").mkdir()
    return Path(shutil.copy(example, folder / "example" / example.name))


def check(request: Request) -> Response:
    """How far a check is, or its result, or why there is none."""
    site, job = site_of(request), _job(request)
    if job.state in (State.WAITING, State.RUNNING):
        return page(request, "progress.html.j2", job=job, ahead=site.desk.ahead(job),
                    still="still" in request.query_params)
    if job.refusal is not None:
        raise job.refusal
    report = job.report
    if report is None:  # forgotten between two looks
        raise refusals.gone()
    return page(request, "result.html.j2", job=job, report=report, several=len(report.sources) > 1, labels=LABELS,
                library=site.library, shown=Shown.of_report(report, request.query_params))


def progress(request: Request) -> Response:
    """The part of the page that tells how far a check is; sends the browser on when it is finished."""
    try:
        job = _job(request)
    except Refusal:
        job = None
    if job is None or job.state in (State.DONE, State.FAILED):
        return Response(headers={"HX-Refresh": "true"})
    return page(request, "progress_part.html.j2", job=job, ahead=site_of(request).desk.ahead(job))


def changes(request: Request) -> Response:
    """What changed since the earlier version, in full."""
    job = _job(request)
    if job.comparison is None:
        raise refusals.not_there()
    return page(request, "changes.html.j2", job=job, comparison=job.comparison, library=site_of(request).library)


async def delete(request: Request) -> Response:
    """Stop a check or delete its result, at once."""
    require_own_site(request)
    form = await request.form(max_files=0, max_fields=5, max_part_size=1000)
    require_token(request, site_of(request).secret, str(form.get("token", "")))
    job = _job(request)
    stopped = job.state in (State.WAITING, State.RUNNING)
    site_of(request).desk.delete(job)
    return page(request, "deleted.html.j2", stopped=stopped)


def download(request: Request) -> Response:
    """One of the documents made of a result, waited for where it is still being made."""
    job, key = _job(request), request.path_params["key"]
    if job.report is None or key not in LABELS:
        raise refusals.not_there()
    site_of(request).desk.wait(job, lambda one: key in one.downloads or key not in one.promised, WAIT_FOR_DOWNLOAD)
    done = job.downloads.get(key)
    if done is None:
        raise refusals.not_made(job.not_made[key]) if key in job.not_made else refusals.not_there()
    return Response(done.content, media_type=done.media_type, headers={"Content-Disposition": attachment(done.name)})


def _job(request: Request) -> Job:
    return site_of(request).desk.find(request.path_params["job"])


def themes(library: Library) -> dict[str, list[Safeguard]]:
    """The safeguards by theme, in the library's order."""
    found: dict[str, list[Safeguard]] = {}
    for safeguard in library.safeguards:
        found.setdefault(safeguard.theme, []).append(safeguard)
    return found


def library_page(request: Request) -> Response:
    """Every safeguard, by theme."""
    return page(request, "library.html.j2", library=site_of(request).library, themes=themes(site_of(request).library))


def safeguard_page(request: Request) -> Response:
    """One safeguard in full."""
    try:
        safeguard = site_of(request).library.get(request.path_params["safeguard"])
    except CheckError:
        raise refusals.not_there() from None
    return page(request, "safeguard.html.j2", safeguard=safeguard)


def plain(template: str) -> Any:
    """A page that is always the same."""

    def shown(request: Request) -> Response:
        return page(request, template)

    return shown


def robots(request: Request) -> Response:
    """Search engines have nothing to look for here."""
    return Response("User-agent: *\nDisallow: /\n", media_type="text/plain")


ROUTES = [
    Route("/", front),
    Route("/check", begin, methods=["POST"]),
    Route("/check", lambda request: RedirectResponse("/", 303), methods=["GET"]),
    Route("/check/{job}", check),
    Route("/check/{job}/progress", progress),
    Route("/check/{job}/changes", changes),
    Route("/check/{job}/delete", delete, methods=["POST"]),
    Route("/check/{job}/{key}", download),
    Route("/library", library_page),
    Route("/library/{safeguard}", safeguard_page),
    Route("/about", plain("about.html.j2")),
    Route("/api", plain("api.html.j2")),
    Route("/robots.txt", robots),
]
