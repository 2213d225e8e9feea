"""Takes files off the line into a private folder, under limits."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from constitution_check.readers.common import MAX_FILE_BYTES
from constitution_check.web import refusals
from constitution_check.web.names import safe_name
from constitution_check.web.settings import MAX_FILES, UPLOAD_SECONDS

FILE_FIELDS = ("constitution", "earlier", "handbook")
MAX_FIELDS = 60
"""Most fields that are no files: a token, a date, one for each safeguard."""

MAX_FIELD_BYTES = 2_000


@dataclass
class Upload:
    """What came: files by field, each in a folder of its own under `folder`, and the other fields."""

    folder: Path
    files: dict[str, list[Path]] = field(default_factory=dict)
    fields: dict[str, list[str]] = field(default_factory=dict)
    size: int = 0

    def one(self, name: str) -> str:
        """The first value of a field, "" where it did not come."""
        return (self.fields.get(name) or [""])[0]


@asynccontextmanager
async def taken(request: Request, folder: Path) -> AsyncIterator[FormData]:
    """The form of a request, its larger files in temporary files. Raises Refusal where it is not a form or too slow."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        await drained(request)
        raise refusals.wrong_form("it is not a form with files (multipart/form-data).")
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            form = await request.form(max_files=MAX_FILES + len(FILE_FIELDS), max_fields=MAX_FIELDS,
                                      max_part_size=MAX_FIELD_BYTES)
    except TimeoutError:
        raise refusals.too_slow() from None
    try:
        yield form
    finally:
        await form.close()


async def store(form: FormData, folder: Path) -> Upload:
    """The files of a form, written under names made safe. Raises Refusal for no file, an empty one or one too large."""
    upload = Upload(Path(tempfile.mkdtemp(prefix="check-", dir=folder)))
    try:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                if name in FILE_FIELDS and (value.filename or value.size):
                    await run_in_threadpool(_put, upload, name, value)
            else:
                upload.fields.setdefault(name, []).append(value)
        if sum(len(files) for files in upload.files.values()) > MAX_FILES:
            raise refusals.too_many_files()
    except BaseException:
        shutil.rmtree(upload.folder, ignore_errors=True)
        raise
    return upload


def _put(upload: Upload, at: str, file: UploadFile) -> None:
    """One file, in a folder that is named after its field: that name tells two files of one name apart in reports."""
    name, size = safe_name(file.filename or "", at), file.size or 0
    if size == 0:
        raise refusals.empty_file(name, at)
    if size > MAX_FILE_BYTES:
        raise refusals.file_too_big(name, at)
    there = upload.files.setdefault(at, [])
    folder = upload.folder / (at if not there else f"{at} {len(there) + 1}")
    folder.mkdir()
    with (folder / name).open("xb") as out:
        shutil.copyfileobj(file.file, out)
    there.append(folder / name)
    upload.size += size


async def drained(request: Request) -> None:
    """Take the rest of a body off the line, unkept: a browser that is cut off while it sends shows no answer."""
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            async for _ in request.stream():
                pass
    except TimeoutError:
        return
