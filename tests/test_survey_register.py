"""The register: what is kept of each check, what counts as new, whose constitution it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import GAG, TAX, contradicted, evidence, limb, missing, present, report, source, weakened
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session

from constitution_check.errors import CheckError
from constitution_check.model import Body, DocumentDate, Report, Status
from constitution_check.survey import entries, history
from constitution_check.survey.bodies import body_of, key_of, near
from constitution_check.survey.register import Register
from constitution_check.survey.rows import surveyed, with_cells
from constitution_check.survey.tables import Base, Check, Document, Found, Quoted

POSTGRESQL = os.environ.get("CONSTITUTION_CHECK_POSTGRESQL")
FILE = Path("anytown.docx")


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    """A register of each kind; PostgreSQL where CONSTITUTION_CHECK_POSTGRESQL names an empty database."""
    if request.param == "postgresql":
        if POSTGRESQL is None:
            pytest.skip("no PostgreSQL database is named by CONSTITUTION_CHECK_POSTGRESQL")
        engine = create_engine(POSTGRESQL.replace("postgresql://", "postgresql+pg8000://"))
        Base.metadata.drop_all(engine)
        engine.dispose()
    held = Register((request.param == "postgresql" and POSTGRESQL) or str(tmp_path / "register.sqlite"))
    yield held
    held.close()


def dated(day: date, sha: str, *findings: object, name: str = "NHS Anytown CCG", file: str = "a.docx") -> Report:
    """A report on a document of that day."""
    when = DocumentDate(day=day, kind="cover", evidence=evidence(str(day), "cover"))
    return report(*findings, sources=(source(sha256=sha * 32, dated=when, name=file),),  # type: ignore[arg-type]
                  body=Body(kind="ccg", name=name))


def test_a_report_is_kept_whole_with_its_findings_and_verbatim_quotations(register: Register) -> None:
    kept = register.keep(report(), "1", FILE)
    (version,) = with_cells(register, surveyed(register, [kept]))
    assert {cell.safeguard: (cell.verdict.value, cell.contradicted) for cell in version.cells} == {
        "tax": ("weakened", False), "open": ("present", False), "speak": ("missing", True), "stay": ("missing", False)}
    tax, speak = version.cells[0].quotations[0], version.cells[2].quotations[0]
    assert (tax.place, tax.quote) == ("paragraph 8.6.3(g), page 12", TAX)
    assert [TAX[start:end] for start, end in tax.marks] == ["where practicable", "have regard to"]
    assert (speak.place, speak.quote) == ("Appendix C, 4(b), page 61", GAG)
    assert version.unread == (("page 14", "it is a picture without text"),)
    with register.session() as session:
        check = session.scalars(select(Check)).one()
        assert Report.model_validate(check.report) == report()
        assert session.scalars(select(Found.limbs).where(Found.safeguard == "tax")).one() == {
            "avoidance": "weakened", "every-procurement": "absent"}


def test_only_the_same_content_library_and_program_is_known(register: Register) -> None:
    made = report()
    kept = register.keep(made, "1", FILE)
    sha, library = made.sources[0].sha256, made.library.version
    assert register.find(sha, library, "1", FILE) == kept
    assert register.find("cd" * 32, library, "1", FILE) is None
    assert register.find(sha, "another", "1", FILE) is None
    assert register.find(sha, library, "2", FILE) is None


def test_a_check_made_again_takes_the_place_of_the_old_one(register: Register) -> None:
    register.keep(report(), "1", FILE)
    kept = register.keep(report(present()), "1", FILE)
    with register.session() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Check, Document, Found)]
    assert counts == [1, 1, 1]
    (version,) = with_cells(register, surveyed(register, [kept]))
    assert [cell.safeguard for cell in version.cells] == ["open"]


def test_one_document_under_two_names_is_one_check_and_for_files_two_bodies(register: Register) -> None:
    made = report()
    register.keep(made, "1", Path("one.docx"), by="file")
    known = register.find(made.sources[0].sha256, made.library.version, "1", Path("two.docx"), by="file")
    assert known is not None
    with register.session() as session:
        assert session.scalars(select(Document.body).order_by(Document.id)).all() == ["one", "two"]
        assert session.scalar(select(func.count()).select_from(Check)) == 1


def test_of_several_documents_of_one_body_the_latest_by_its_own_date_counts(register: Register) -> None:
    old = register.keep(dated(date(2013, 4, 1), "aa"), "1", Path("old.docx"))
    new = register.keep(dated(date(2016, 4, 1), "bb", name="Anytown Clinical Commissioning Group"), "1", Path("n.docx"))
    other = register.keep(dated(date(2012, 1, 1), "cc", name="NHS Aldham CCG"), "1", Path("c.docx"))
    found = surveyed(register, [new, old, other, new])
    assert [(v.file, v.latest) for v in found] == [("c.docx", True), ("n.docx", True), ("old.docx", False)]


def test_what_is_too_large_is_cut_and_says_so(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST_REPORT", 100)
    monkeypatch.setattr(entries, "MOST_TEXT", 40)
    kept = register.keep(report(weakened()), "1", FILE)
    (version,) = with_cells(register, surveyed(register, [kept]))
    assert version.cells[0].quotations[0].quote == TAX[:40] + " […]"
    with register.session() as session:
        assert session.scalars(select(Check.report)).one() is None


def test_a_register_is_refused_where_something_else_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("These are notes. " * 200, encoding="utf-8")
    other = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE cats (name TEXT)"))
    other.dispose()
    made = Register(str(tmp_path / "later.sqlite"))
    with made.session() as session:
        session.execute(text("UPDATE register SET value = '9' WHERE name = 'form'"))
    made.close()
    for place, sentence in (("notes.txt", "cannot be used (file is not a database)"),
                            ("other.db", "is a database of something else"),
                            ("later.sqlite", "was made by another version of this program (form 9, not 1)"),
                            ("none/r.sqlite", "There is no folder")):
        with pytest.raises(CheckError) as error:
            Register(str(tmp_path / place))
        assert sentence in str(error.value)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8").startswith("These are notes.")


@pytest.mark.parametrize(("place", "sentence"), [
    ("mysql://a/b", "A register is a file or a PostgreSQL database, not mysql."),
    ("://", "is no address of a database"),
    ("postgresql://nobody:secret@127.0.0.1:1/none", 'postgresql+pg8000://nobody:***@127.0.0.1:1/none" cannot be used')])
def test_an_address_that_will_not_do_is_a_sentence_without_the_password(place: str, sentence: str) -> None:
    with pytest.raises(CheckError) as error:
        Register(place)
    assert sentence in str(error.value)
    assert "secret" not in str(error.value)


# --- bodies --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [
    "NHS Harrowmere Clinical Commissioning Group", "Harrowmere CCG", "nhs harrowmere ccg", "The NHS Harrowmere CCG",
    "NHS  Harrowmere\u00a0Clinical Commissioning Group"])
def test_one_body_has_one_key_however_it_is_written(name: str) -> None:
    assert key_of(name) == "harrowmere ccg"


def test_bodies_that_differ_have_different_keys() -> None:
    names = ["Harrowmere CCG", "Harrowmere ICB", "North Harrowmere CCG", "Harrow & Mere CCG", "St Ann’s CCG"]
    assert len({key_of(name) for name in names}) == len(names)
    assert key_of("St. Ann's CCG") == key_of("St Ann’s CCG")
    assert key_of("Vale & Coast ICB") == key_of("Vale and Coast ICB")


def test_a_body_named_after_its_file_never_falls_together_with_one_that_is_named() -> None:
    assert body_of("", Path("x/Anytown CCG.docx")) == ("Anytown CCG", "file anytown ccg")
    assert body_of("NHS Anytown CCG", Path("b.docx"), by="file") == ("b", "file b")
    assert body_of("NHS Anytown CCG", Path("b.docx")) == ("NHS Anytown CCG", "anytown ccg")


@given(st.text(max_size=60), st.text(min_size=1, max_size=30))
def test_every_document_has_a_body_whatever_it_is_called(named: str, stem: str) -> None:
    shown, key = body_of(named, Path("/folder") / stem.replace("/", "-").replace("\0", "-"))
    assert key == key_of(shown) or key.startswith("file ")
    shown.encode("utf-8")


def test_near_names_are_given() -> None:
    assert near("harowmere", ["NHS Harrowmere CCG", "NHS Vale and Coast ICB"]) == ["NHS Harrowmere CCG"]


# --- history -------------------------------------------------------------------------------


def held() -> object:
    """The same safeguard as `weakened`, now met in full."""
    return weakened().model_copy(update={"limbs": (limb("avoidance", Status.MET, quote=TAX, paragraph="9.1"),)})


def test_the_history_of_a_body_tells_what_changed_the_worst_first(register: Register) -> None:
    gagged = contradicted()
    free = gagged.model_copy(update={"limbs": (limb("no-consent", Status.MET, quote=GAG, paragraph="3"),)})
    register.keep(dated(date(2016, 4, 1), "bb", held(), gagged, missing()), "1", Path("new.docx"))
    register.keep(dated(date(2013, 4, 1), "aa", weakened(), free, missing()), "1", Path("old.docx"))
    steps = history.history(register, "anytown")
    assert [step.version.file for step in steps] == ["old.docx", "new.docx"]
    assert [(c.cell.safeguard, c.before, c.now, c.worse) for c in steps[1].changes] == [
        ("speak", "present", "contradicted", True), ("tax", "weakened", "present", False)]
    told = history.as_text(steps)
    assert "1 April 2013: old.docx" in told
    assert "Worse  No one is gagged: was present, now contradicted (Appendix C, 4(b), page 61)" in told
    assert "Better Companies that avoid tax are kept out of contracts: was weakened, now present" in told
    assert told.index("Worse") < told.index("Better")
    assert history.as_json(steps)[1]["changes"][0] == {
        "safeguard": "speak", "before": "present", "now": "contradicted", "worse": True}


def test_versions_checked_otherwise_are_not_compared_in_silence(register: Register) -> None:
    register.keep(dated(date(2013, 4, 1), "aa"), "1", Path("old.docx"))
    register.keep(dated(date(2016, 4, 1), "bb"), "2", Path("new.docx"))
    told = history.as_text(history.history(register, "NHS Anytown CCG"))
    assert "Checked with another library or program than the version before" in told
    assert "No safeguard changed." in told


def test_a_document_without_a_date_stands_where_it_was_checked(register: Register) -> None:
    register.keep(report(sources=(source(sha256="ee" * 32),), checked_at=datetime(2015, 1, 1, tzinfo=UTC)), "1", FILE)
    register.keep(dated(date(2016, 4, 1), "bb"), "1", Path("new.docx"))
    told = history.as_text(history.history(register, "NHS Anytown CCG"))
    assert told.index("No date of its own (checked 1 January 2015): anytown.docx") < told.index("1 April 2016")


def test_an_unknown_body_is_a_sentence_with_near_names(register: Register) -> None:
    with pytest.raises(CheckError, match="It is empty"):
        history.history(register, "Anytown")
    register.keep(report(), "1", FILE)
    with pytest.raises(CheckError) as error:
        history.history(register, "Anitown CCG")
    assert str(error.value) == 'There is no body "Anitown CCG" in the register. Did you mean NHS Anytown CCG?'
    with pytest.raises(CheckError, match="It holds NHS Anytown CCG"):
        history.history(register, "Zzz")


def test_a_place_named_without_its_kind_is_found_only_where_one_is_meant(register: Register) -> None:
    register.keep(dated(date(2013, 4, 1), "aa", name="NHS Anytown CCG"), "1", FILE)
    assert len(history.history(register, "Anytown")) == 1
    register.keep(dated(date(2023, 4, 1), "bb", name="NHS Anytown ICB"), "1", FILE)
    with pytest.raises(CheckError, match="Did you mean"):
        history.history(register, "Anytown")


def test_every_quotation_of_a_finding_is_kept_once(register: Register) -> None:
    register.keep(report(), "1", FILE)
    with register.session() as session:
        assert len(session.scalars(select(Quoted.quote).where(Quoted.safeguard == "tax")).all()) == 1


def test_a_session_that_fails_keeps_nothing(register: Register) -> None:
    with pytest.raises(CheckError), register.session() as session:
        _fail_half_way(session)
    with register.session() as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 0


def _fail_half_way(session: Session) -> None:
    now = datetime.now(UTC)
    session.add(Document(key="a", body="a", file="a", sha256="a", first=now, last=now))
    session.flush()
    session.execute(text("SELECT nothing FROM nowhere"))
