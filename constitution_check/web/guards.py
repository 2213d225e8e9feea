"""What stands round every request: names that are answered to, headers, the limit on bodies, and no traceback."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import PurePosixPath

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from constitution_check.web import refusals
from constitution_check.web.refusals import Refusal
from constitution_check.web.settings import DRAIN_BYTES, MAX_FORM_BYTES, MAX_UPLOAD_BYTES, UPLOAD_SECONDS, Settings

Answer = Callable[[Scope, Refusal], Response]
"""Makes the page, or for programs the JSON, that says a refusal."""

UPLOADS = ("/check", "/api/check")
"""The paths that take files."""

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex",
}
YEAR = 31_536_000
_log = logging.getLogger(__name__)


class SafeHeaders:
    """Puts the headers on every answer; pages are never stored, files of the style are."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers put on what comes back."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
                if self.settings.public and scope.get("scheme") == "https":
                    headers["Strict-Transport-Security"] = f"max-age={YEAR}"
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Quiet:
    """The outermost: a fault of the program is logged by its place only, for its words may be a document's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; nothing is raised from a request."""
        try:
            await self.app(scope, receive, send)
        except Exception as error:
            if scope["type"] != "http":
                raise
            _log.error("a request failed: %s at %s", type(error).__name__, place_of(error))


def place_of(error: BaseException) -> str:
    """Where an error arose: file and line, innermost last, and none of its words."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " > ".join(f"{PurePosixPath(frame.filename).name}:{frame.lineno}" for frame in frames)


class KnownHost:
    """Answers only to its own names, so that no other site's name can be led to it (DNS rebinding)."""

    def __init__(self, app: ASGIApp, settings: Settings, answer: Answer) -> None:
        self.app, self.answer = app, answer
        self.hosts = {host.lower() for host in settings.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        if scope["type"] == "http" and host_name(Headers(scope=scope).get("host", "")) not in self.hosts:
            await self.answer(scope, refusals.unknown_host())(scope, receive, send)
            return
        await self.app(scope, receive, send)


def host_name(host: str) -> str:
    """A Host header without its port, in lower case; an IPv6 address keeps its brackets."""
    name = host.lower()
    if name.startswith("["):
        return name[: name.find("]") + 1]
    return name.partition(":")[0]


class BodyLimit:
    """Stops a body at its path's limit, however it is sent, and an upload that takes too long."""

    def __init__(self, app: ASGIApp, answer: Answer) -> None:
        self.app, self.answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with a body that ends in a Refusal at the limit."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = MAX_UPLOAD_BYTES if scope["path"] in UPLOADS else MAX_FORM_BYTES
        said = Headers(scope=scope).get("content-length", "")
        if said.isdecimal() and int(said) > limit:
            await self._refuse(scope, receive, send, int(said) <= DRAIN_BYTES)
            return
        meter = _Meter(receive, limit)
        try:
            await self.app(scope, meter.receive, send)
        except _TooMuch as seen:
            await self._refuse(scope, receive, send, seen.more)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, drain: bool) -> None:
        if drain:
            await _drained(receive)
        refusal = refusals.too_big()
        refusal.headers["Connection"] = "close"
        await self.answer(scope, refusal)(scope, receive, send)


class _TooMuch(Exception):  # noqa: N818
    """The body is over its limit. more: there is still more of it to come."""

    def __init__(self, more: bool) -> None:
        super().__init__()
        self.more = more


class _Meter:
    """Counts a body as it comes in."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._limit, self._seen = receive, limit, 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._limit:
            raise _TooMuch(bool(message.get("more_body")))
        return message


async def _drained(receive: Callable[[], Awaitable[Message]]) -> None:
    """Take what is still coming off the line, unkept: a browser that is cut off shows no answer."""
    seen = 0
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            while seen < DRAIN_BYTES:
                message = await receive()
                seen += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body"):
                    return
    except TimeoutError:
        return
