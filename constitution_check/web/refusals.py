"""Every kind sentence that the page says instead of a result, in one place, with its status and its code."""

from __future__ import annotations

from dataclasses import dataclass, field

from constitution_check.readers.common import MAX_FILE_BYTES
from constitution_check.web.settings import MAX_FILES, MAX_UPLOAD_BYTES


@dataclass
class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """What happened and what to do, with the HTTP status and, for programs, a code that stays the same.

    at: the form's field that it is about, "" for none. headers: for the answer.
    """

    status: int
    code: str
    message: str
    at: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message


def too_big() -> Refusal:
    """The upload as a whole is over the limit."""
    return Refusal(413, "too-big", f"That is too much to take: {MAX_UPLOAD_BYTES // 1_000_000} MB is the limit for all "
                   f"files together, and {MAX_FILE_BYTES // 1_000_000} MB for one. Save the document without pictures, "
                   "or split it and check the parts. Nothing was kept.", "constitution")


def file_too_big(name: str, at: str) -> Refusal:
    """One file is over the limit."""
    return Refusal(413, "too-big", f"{name} is too large (the limit is {MAX_FILE_BYTES // 1_000_000} MB). Save it "
                   "without pictures, or split it and check the parts. Nothing was kept.", at)


def no_file() -> Refusal:
    """The form came without a constitution."""
    return Refusal(422, "no-file", "Choose the constitution's file first.", "constitution")


def empty_file(name: str, at: str) -> Refusal:
    """A file of no bytes."""
    return Refusal(422, "empty-file", f"{name} is empty. Download it or save it again, and choose it once more.", at)


def too_many_files() -> Refusal:
    """More files than one check takes."""
    return Refusal(422, "too-many-files", f"Choose {MAX_FILES} files at the most for one check.", "handbook")


def wrong_form(why: str) -> Refusal:
    """The body of the request is not what it should be."""
    return Refusal(400, "wrong-form", f"The request could not be understood: {why}")


def too_slow() -> Refusal:
    """The upload took too long."""
    return Refusal(408, "too-slow", "The file did not arrive in time, and nothing was kept. Try again where the "
                   "connection is better, or save the document without pictures first.", "constitution")


def stale_form() -> Refusal:
    """The token in the form is not of this visitor or not of this run of the server."""
    return Refusal(403, "stale-form", "This page had been open too long, or the program was started again since. "
                   "Nothing was sent on or kept. Please choose the file once more.", "constitution")


def other_site() -> Refusal:
    """Another site's page sent the request."""
    return Refusal(403, "other-site", "This request came from a page of another site, so it was not followed. Open "
                   "this page itself and try there.")


def unknown_host() -> Refusal:
    """The request asks for a host that this is not."""
    return Refusal(400, "unknown-host", "This program does not answer under that name. Use the address that it showed "
                   "when it was started.")


def queue_full() -> Refusal:
    """No more checks can wait."""
    return Refusal(503, "busy", "Many people are checking documents just now, and no more can wait. Nothing was kept. "
                   "Please try again in a few minutes.", "constitution", {"Retry-After": "120"})


def one_at_a_time() -> Refusal:
    """This visitor has a check under way."""
    return Refusal(429, "one-at-a-time", "You have a check under way already. Wait until it is finished, or stop it, "
                   "before you start another.", "constitution", {"Retry-After": "20"})


def gone() -> Refusal:
    """No such result."""
    return Refusal(404, "gone", "There is nothing at this link any more. Results are kept for an hour at the most, and "
                   "are forgotten when they are deleted or when the program is started again. Check the document once "
                   "more to see its result.")


def deleted() -> Refusal:
    """The result was deleted by someone who had its link."""
    return Refusal(410, "deleted", "This result was deleted. Nothing of it is left here.")


def crowded_out() -> Refusal:
    """The result was dropped to make room for others."""
    return Refusal(410, "crowded-out", "So many documents were checked after this one that its result had to make room "
                   "before its hour was over. We are sorry: please check the document once more, and download the "
                   "report.")


def expired() -> Refusal:
    """The hour is over."""
    return Refusal(410, "expired", "This result was deleted after an hour, as promised. Check the document once more "
                   "to see it again.")


def out_of_time(seconds: float) -> Refusal:
    """The check took longer than it may."""
    minutes = max(1, round(seconds / 60))
    return Refusal(504, "out-of-time", f"This document was not finished after {minutes} minute{'s' * (minutes > 1)}, "
                   "so the check was stopped and nothing was kept. Try a copy without pictures or, for a scan, one "
                   "that holds its text.", "constitution")


def not_made(sentence: str) -> Refusal:
    """A document to download could not be made; the sentence says why, where that is known."""
    return Refusal(404, "not-made", sentence or "This document could not be made; the others and the result are not "
                   "touched by that.")


def cannot_check(sentence: str) -> Refusal:
    """A document cannot be read or checked; the sentence says why and what to do."""
    return Refusal(422, "cannot-check", sentence, "constitution")


def went_wrong() -> Refusal:
    """A fault of the program."""
    return Refusal(500, "went-wrong", "Something went wrong inside Constitution Check; the document is not to blame. "
                   "Nothing was kept. Try once more, and if it happens again, please report it with the kind of "
                   "document.")


def stopped() -> Refusal:
    """The visitor stopped the check, or the server ends."""
    return Refusal(410, "stopped", "This check was stopped. Nothing of it is left here.")


def not_there() -> Refusal:
    """No such page."""
    return Refusal(404, "not-there", "There is no page here. The link may be old or mistyped.")


def unwelcome_cookie() -> Refusal:
    """The API is not for browsers' sessions."""
    return Refusal(400, "no-cookies", "The API takes no cookies. Send the request without them.")
