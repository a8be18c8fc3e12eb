"""The web service without HTTP, and its baselines: in a process of its own, which answers in JSON.

`python -m benchmarks.webservice_inside prepare URL PUPILS` adds a location with a coupling and prints its BRIN6, `place
URL` what a client must know of it; `pull URL ROUNDS` and `push URL RESULTS ROUNDS` measure on that location:
milliseconds of ours, of the baselines, and for a pull of an answer that was kept. The baseline of a pull reads the rows
with the driver and builds the same elements with lxml; that of a push parses the same bytes with lxml and writes the
same rows with `executemany`, with their history.
"""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from lxml import etree

from benchmarks.measuring import in_turns, milliseconds

KIND, SUPPLIER = "iep-lvs", ("oefenleverancier", "Oefenleverancier")
SECRET = "oefensleutel2020"
BASE = "http://www.edustandaard.nl/leerresultaten/2/"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
END = b"</s:Body></s:Envelope>"


@dataclass(frozen=True)
class Place:
    """The large location."""

    board_id: int
    location_id: int
    brin6: str
    test: str

    def head(self, request: str) -> bytes:
        code, name = SUPPLIER
        return (
            f'<s:Envelope xmlns:s="{SOAP}"><s:Header><autorisatie xmlns="{BASE}autorisatie"><autorisatiesleutel>'
            f"{self.brin6}{SECRET}</autorisatiesleutel><klantcode>{code}</klantcode><klantnaam>{name}</klantnaam>"
            f"</autorisatie></s:Header><s:Body>{request}"
        ).encode()

    def asked(self, more: str = "") -> str:
        return (
            f"<schooljaar>2019-2020</schooljaar><brincode>{self.brin6[:4]}</brincode><dependancecode>{self.brin6[4:]}"
            f"</dependancecode>{more}<xsdversie>2.2</xsdversie>"
        )

    def pull(self) -> bytes:
        space = f"{BASE}leerlinggegevens"
        asked = f'<leerlinggegevens_verzoek xmlns="{space}">{self.asked()}</leerlinggegevens_verzoek>'
        return self.head(asked) + END

    def push(self, file: IO[bytes], pupils: list[str], results: int, first: int = 0) -> None:
        """Write a message with so many results, numbered from `first`."""
        made = f"<aanmaakdatum>2020-04-14T09:{first // 60 % 60:02}:{first % 60:02}</aanmaakdatum>"
        school = f"<school>{self.asked(made)}</school>"
        file.write(self.head(f'<leerresultaten_verzoek xmlns="{BASE}leerresultaten">{school}<toetsafnames>\n'))
        for number in range(first, first + results):
            pupil = pupils[number % len(pupils)]
            file.write(
                f'<toetsafname><leerlingid>{pupil}</leerlingid><resultaten><resultaat key="r{number}"><afnamedatum>'
                f"2020-03-02</afnamedatum><toetscode>{self.test}</toetscode><score>{number % 100}</score></resultaat>"
                "</resultaten></toetsafname>\n".encode()
            )
        told = f"<toetsen><toets><toetscode>{self.test}</toetscode></toets></toetsen>"
        file.write(f"</toetsafnames>{told}</leerresultaten_verzoek>".encode() + END)


def prepare(url: str, pupils: str) -> str:
    from app import access
    from app.couplings import lifecycle
    from app.school.assessment import assessments
    from app.school.assessment.catalogue import supplied_by
    from app.training import supplier_practice
    from fixtures.large import build_large_location
    from models.board import PRACTICE_NAME
    from models.schema import open_database

    open_database(url)
    board = supplier_practice.ready(PRACTICE_NAME).board
    location = build_large_location(board, int(pupils))
    actor = access.actor_for(access.find_user(board, "rovict"), location, "opdrachtregel")
    lifecycle.activate(actor, KIND, "R. Ovict", agree=True, code=f"{location.brin6}{SECRET}")
    for one in supplied_by(KIND):
        if one.coupled:
            assessments.set_active(actor, one.id, on=True)
    return location.brin6


def place_of(url: str) -> Place:
    """The last location of a database that was prepared, which is opened."""
    from app.school.assessment.catalogue import supplied_by
    from models.board import Location
    from models.schema import open_database

    open_database(url)
    location = Location.select().order_by(Location.id.desc()).first()
    test = next(one.id for one in supplied_by(KIND) if one.coupled)
    return Place(location.board_id, location.id, location.brin6, test)


def place(url: str) -> list[Any]:
    """The fields of the large location, and its pupils' keys."""
    found = place_of(url)
    return [*astuple(found), pupils_of(found)]


def pupils_of(place: Place) -> list[str]:
    from models.school import Pupil

    return [row.key for row in Pupil.select(Pupil.key).where(Pupil.location == place.location_id).namedtuples()]


def pull(url: str, rounds: str) -> list[list[float]]:
    from app.uwlr.handling import Call, Manner, answer
    from app.uwlr.kept_answers import KeptAnswers

    place = place_of(url)
    message = place.pull()

    def ours(manner: Manner) -> float:
        call = Call(place.board_id, io.BytesIO(message), len(message))
        taken = milliseconds(lambda: made.append(answer(call, manner)))
        with made.pop().body as body:
            assert len(body.read(10_000)) == 10_000
        return taken

    made: list[Any] = []
    with TemporaryDirectory() as folder:
        kept = Manner(kept=KeptAnswers(Path(folder)))
        bare = lambda: _built(url.removeprefix("sqlite:///"), place)  # noqa: E731
        return in_turns(int(rounds), lambda: ours(Manner()), bare, lambda: ours(kept))


def _built(path: str, place: Place) -> float:
    with closing(sqlite3.connect(path)) as connection, TemporaryFile() as file:
        return milliseconds(lambda: _build(connection, place, file))


def _build(connection: sqlite3.Connection, place: Place, file: IO[bytes]) -> None:
    rows = connection.execute(
        "SELECT pupil.key, pupil.eckid, pupil.last_name, pupil.prefix, pupil.initials, pupil.first_name, pupil.birth_date, "
        "pupil.gender, pupil.year_group, school_group.key, pupil.enrolled_from FROM pupil "
        "JOIN placement ON placement.pupil_id = pupil.id JOIN school_group ON school_group.id = placement.group_id "
        "WHERE pupil.location_id = ? ORDER BY pupil.id",
        (place.location_id,),
    )
    names = ("achternaam", "voorvoegsel", "voorletters-1", "roepnaam", "geboortedatum", "geslacht", "jaargroep")
    for key, eckid, *texts, group, since in rows:
        one = etree.Element("leerling")
        one.set("key", key)
        one.set("eckid", eckid)
        for name, text in zip(names, texts, strict=True):
            if text != "":
                etree.SubElement(one, name).text = str(text)
        etree.SubElement(one, "groep").set("key", group)
        etree.SubElement(one, "vestiging").set("key", place.brin6)
        etree.SubElement(one, "instroomdatum").text = since
        file.write(etree.tostring(one, encoding="utf-8"))


def push(url: str, results: str, rounds: str) -> list[list[float]]:
    from app.uwlr.handling import Call, Manner, answer

    place, count = place_of(url), int(results)
    pupils = pupils_of(place)
    turn = iter(range(0, 1_000_000_000, count))

    def message() -> IO[bytes]:
        file = TemporaryFile()  # noqa: SIM115  # closed by who reads it
        place.push(file, pupils, count, next(turn))
        file.seek(0)
        return file

    def ours() -> float:
        with message() as file:
            answers: list[Any] = []
            taken = milliseconds(lambda: answers.append(answer(Call(place.board_id, file, 1), Manner())))
            assert not answers[0].entry.fault, answers[0].entry.told
            return taken

    def bare() -> float:
        with message() as file, closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.executescript("PRAGMA journal_mode = wal; PRAGMA synchronous = 1;")
            connection.execute(
                "INSERT INTO writer (id, board_id, at, user, source) VALUES (1, 1, '2020-04-14', 'a', 'raw')"
            )
            keys = dict(connection.execute("SELECT key, id FROM pupil WHERE location_id = ?", (place.location_id,)))
            return milliseconds(lambda: _write(connection, place, file, keys))

    return in_turns(int(rounds), ours, bare)


def _write(connection: sqlite3.Connection, place: Place, file: IO[bytes], keys: dict[str, int]) -> None:
    columns = "location_id, supplier, supplier_key, pupil_id, assessment, part, date, level, score, reference_level, received_at"
    with connection:
        marks = ", ".join("?" * (columns.count(",") + 1))
        connection.executemany(f"INSERT INTO result ({columns}) VALUES ({marks})", _read(place, file, keys))
        connection.execute("DELETE FROM writer")


def _read(place: Place, file: IO[bytes], keys: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    space = f"{{{BASE}leerresultaten}}"
    for _, sitting in etree.iterparse(file, tag=f"{space}toetsafname"):
        pupil = keys[sitting.findtext(f"{space}leerlingid") or ""]
        for one in sitting.iter(f"{space}resultaat"):
            test, day = one.findtext(f"{space}toetscode"), one.findtext(f"{space}afnamedatum")
            score = int(one.findtext(f"{space}score") or 0)
            key = one.get("key")
            yield (place.location_id, "bare", key, pupil, test, "", day, "", score, "", "2020-04-14 07:00:00")
        parent = sitting.getparent()
        if parent is not None:
            parent.remove(sitting)


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    print(json.dumps({"prepare": prepare, "place": place, "pull": pull, "push": push}[what](*arguments)))  # type: ignore[operator]
