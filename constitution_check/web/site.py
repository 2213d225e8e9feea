"""What every request needs: the settings, the desk, the library, the folder; and how a page is made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import HTMLResponse

from constitution_check import words
from constitution_check.clause_records import Library
from constitution_check.reports import compare_story, compare_words, law, palette, quoting, story
from constitution_check.reports.clean import clean
from constitution_check.web import settings as limits
from constitution_check.web.desk import Desk
from constitution_check.web.session import form_token, remember
from constitution_check.web.settings import Settings

HERE = Path(__file__).parent
STATIC = HERE / "static"


@dataclass
class Site:
    """One running server. folder: where uploads lie, once it runs."""

    settings: Settings
    library: Library
    desk: Desk
    folder: Path = HERE

    @property
    def secret(self) -> bytes:
        """What signs the tokens in forms."""
        return self.settings.secret


def site_of(request: Request) -> Site:
    """The server that the request came to."""
    return cast(Site, cast(State, request.app.state).site)


def page(request: Request, template: str, status: int = 200, headers: dict[str, str] | None = None,
         **context: Any) -> HTMLResponse:
    """A page of the site. A visitor gets a cookie only with a page that holds a form to send."""
    asked = False

    def token() -> str:
        nonlocal asked
        asked = True
        return form_token(request, site_of(request).secret)

    text = _environment().get_template(template).render(
        request=request, token=token, public=site_of(request).settings.public, **context)
    response = HTMLResponse(text, status, headers)
    if asked:
        remember(request, response)
    return response


@cache
def static_link(name: str) -> str:
    """The address of a file of the style, with its content's hash, so that it may be kept for long."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    environment.filters["clean"] = clean
    environment.globals.update(static=static_link, day=_day, words=words, story=story, law=law, quoting=quoting,
                               palette=palette, limits=limits, say=compare_story, beside=compare_words)
    return environment
