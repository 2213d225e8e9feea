"""The register: what was found in which document, kept so that only what is new is checked again.

A file of SQLite, or a PostgreSQL database. One program writes at a time; every document is kept as soon as it has
been checked, whole or not at all, so that a survey can be stopped at any moment and goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, insert, inspect, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from constitution_check.errors import CheckError
from constitution_check.model import Report
from constitution_check.survey import entries
from constitution_check.survey.bodies import BY_NAME, body_of
from constitution_check.survey.tables import FORM, Base, Check, Document, Fact

WAIT_SECONDS = 60
"""How long to wait for another program that is writing to the register."""


@dataclass(frozen=True)
class Kept:
    """A document of the register and the check of it that counts."""

    document: int
    check: int


class Register:
    """An open register. Raises CheckError where the place holds something else or cannot be reached."""

    def __init__(self, place: str, new: bool = True) -> None:
        """place: a file, or the address of a database (postgresql://…). new: make it where it is not there."""
        self._place = place
        self._url = _url(place)
        path = Path(self._url.database or "")
        if self._url.get_backend_name() == "sqlite" and not new and not path.is_file():
            raise CheckError(f'There is no register "{place}". `survey` makes one: see its --register.')
        with self._faults():
            self._engine = _engine(self._url)
            self._make_ready()

    def close(self) -> None:
        """Let go of the file or the connection."""
        self._engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session whose faults are sentences; what is added is kept at its end."""
        with self._faults(), Session(self._engine) as session, session.begin():
            yield session

    def find(self, sha256: str, library: str, program: str, file: Path, by: str = BY_NAME) -> Kept | None:
        """The check of a document that was made before, None where there is none; notes that it was given again."""
        with self.session() as session:
            check = session.scalars(select(Check).where(
                Check.sha256 == sha256, Check.library == library, Check.program == program)).first()
            return None if check is None else Kept(_document(session, check, file, by), check.id)

    def keep(self, report: Report, program: str, file: Path, by: str = BY_NAME) -> Kept:
        """Keep a report in place of an earlier one on the same document by the same library and program."""
        with self.session() as session:
            check = entries.check_of(report, program)
            entries.forget(session, check)
            session.add(check)
            session.flush()
            for table, rows in entries.rows_of(report, check.id):
                if rows:
                    session.execute(insert(table), rows)
            return Kept(_document(session, check, file, by), check.id)

    def _make_ready(self) -> None:
        there = set(inspect(self._engine).get_table_names())
        if there and Fact.__tablename__ not in there:
            raise CheckError(f'"{self._place}" is a database of something else. Give --register another name.')
        Base.metadata.create_all(self._engine)
        with Session(self._engine) as session, session.begin():
            form = session.get(Fact, "form")
            if form is None:
                session.add(Fact(name="form", value=FORM))
            elif form.value != FORM:
                raise CheckError(f'The register "{self._place}" was made by another version of this program (form '
                                 f"{form.value}, not {FORM}). Start a new one, or use that version.")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise CheckError(f'The register "{_shown(self._url)}" cannot be used ({_reason(error)}). '
                             "Check the name, and that you may write there.") from error
        except SQLAlchemyError as error:
            raise CheckError(f'The register "{_shown(self._url)}" cannot be used ({_first_line(error)}).') from error


def _document(session: Session, check: Check, file: Path, by: str) -> int:
    """The document's entry under its body, made where it is new."""
    name, key = body_of(check.body, file, by)
    now = datetime.now(UTC)
    document = session.scalars(select(Document).where(Document.key == key, Document.sha256 == check.sha256)).first()
    if document is None:
        document = Document(key=key, body=name, file=entries.text(file.name), sha256=check.sha256, first=now, last=now)
        session.add(document)
    document.last = now
    session.flush()
    return document.id


def _url(place: str) -> URL:
    """The address: a plain name is a file of SQLite; for PostgreSQL the driver is pg8000 unless another is named."""
    if "://" not in place:
        return URL.create("sqlite", database=place)
    try:
        url = make_url(place)
    except ArgumentError:
        raise CheckError(f'"{place}" is no address of a database. Write postgresql://NAME@MACHINE/DATABASE.') from None
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+pg8000")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise CheckError(f"A register is a file or a PostgreSQL database, not {url.get_backend_name()}.")
    return url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        folder = Path(url.database or "").parent
        if not folder.is_dir():
            raise CheckError(f'There is no folder "{folder}" for the register. Make it first.')
        return create_engine(url, connect_args={"timeout": WAIT_SECONDS})
    try:
        engine = create_engine(url)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise CheckError("A register in PostgreSQL needs the extra `postgresql`: "
                         "pip install 'constitution-check[postgresql]'.") from None
    event.listen(engine, "connect", _in_utc)
    return engine


def _in_utc(connection: object, _: object) -> None:
    connection.run("SET TIME ZONE 'UTC'") if hasattr(connection, "run") else None


def _shown(url: URL) -> str:
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def _reason(error: DBAPIError) -> str:
    fault = error.orig
    first = fault.args[0] if fault is not None and fault.args else fault
    return str(first["M"]) if isinstance(first, dict) and "M" in first else _first_line(fault or error)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
