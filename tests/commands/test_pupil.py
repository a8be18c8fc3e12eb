"""`esis pupil enrol|change|move|unsubscribe|delete` and `esis guardian ...`: what they print, change and refuse."""

from __future__ import annotations

import pytest

from models.school import Guardian, Pupil
from tests.commands.conftest import Esis, everything

ENROL = ("pupil", "enrol", "--first-name", "Noor", "--last-name", "Proef", "--birth-date", "2010-05-31", "--group", "6")


def test_a_new_pupil_is_printed_with_its_key_and_has_the_guardians(esis: Esis) -> None:
    said = esis(*ENROL, "--prefix", "van", "--guardian", "Mam Proef <mam@voorbeeld.nl>", "--guardian", "Pap", "--json")
    key = said.data["key"]
    assert said.data == {
        "key": key,
        "first_name": "Noor",
        "prefix": "van",
        "last_name": "Proef",
        "birth_date": "2010-05-31",
        "group": "6",
        "status": "enrolled",
    }
    assert said.data in esis("pupil", "list", "--group", "6", "--json").data
    carers = esis("guardian", "list", "--pupil", key, "--json").data
    assert [(row["name"], row["email"], row["pupils"]) for row in carers] == [
        ("Mam Proef", "mam@voorbeeld.nl", [key]),
        ("Pap", "", [key]),
    ]


def test_a_pupil_for_august_is_future_and_a_likely_double_only_a_warning(esis: Esis) -> None:
    assert esis(*ENROL).status == 0
    said = esis(*ENROL, "--from", "2020-08-10", "--json")
    assert (said.status, said.data["status"], said.data["group"]) == (0, "future", "6")
    assert "Let op: Op deze vestiging staat al een Noor Proef" in said.err


def test_a_pupil_changes_moves_leaves_and_goes(esis: Esis) -> None:
    key = esis(*ENROL, "--json").data["key"]
    assert esis("pupil", "change", key, "--last-name", "Bakker", "--json").data["last_name"] == "Bakker"
    assert esis("pupil", "move", key, "7", "--json").data["group"] == "7"
    said = esis("pupil", "unsubscribe", key, "--date", "2020-04-14", "--reason", "Verhuizing")
    assert (said.status, said.out, said.err) == (0, "", f"Noor Bakker ({key}) is uitgeschreven.\n")
    assert Pupil.get(Pupil.key == key).unsubscribe_reason == "Verhuizing"
    assert esis("pupil", "delete", key, "--confirm", "Noor").status == 0
    assert not Pupil.select().where(Pupil.key == key).exists()


def test_a_guardian_is_added_changed_and_deleted(esis: Esis) -> None:
    number = esis("guardian", "add", "1101", "Oma Boer", "--json").data["id"]
    assert (
        esis("guardian", "change", str(number), "--email", "oma@voorbeeld.nl", "--json").data["email"]
        == "oma@voorbeeld.nl"
    )
    assert esis("guardian", "change", str(number), "--name", "Oma de Boer").status == 0
    assert Guardian.get_by_id(number).name == "Oma de Boer"
    assert esis("guardian", "delete", str(number)).err == "Verzorger Oma de Boer is verwijderd.\n"
    assert number not in [row["id"] for row in esis("guardian", "list", "--json").data]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("pupil", "change", "9999", "--first-name", "A"), "Leerling '9999' staat niet op vestiging 99QQ00"),
        (("pupil", "move", "1101", "12"), "Groep '12' bestaat niet"),
        (("pupil", "delete", "1101", "--confirm", "Piet"), "U typte 'Piet'; typ de roepnaam: Jan [b]"),
        (("pupil", "unsubscribe", "1101", "--date", "morgen", "--reason", "x"), "'morgen' is geen datum"),
        (("pupil", "unsubscribe", "1101", "--date", "2020-05-01", "--reason", " "), "is verplicht"),
        ((*ENROL[:-1], "12"), "Groep '12' bestaat niet"),
        ((*ENROL, "--guardian", "Mam <mam>"), "bevat geen @"),
        ((*ENROL, "--from", ""), "Inschrijfdatum is verplicht"),
        (("guardian", "add", "1101", "<a@b.nl>"), "Naam is verplicht"),
        (("guardian", "list", "--pupil", ""), "Leerlingnummer is verplicht"),
        (("guardian", "change", "99999", "--name", "A"), "Verzorger 99999 is er niet op vestiging 99QQ00"),
        (("--user", "ib", "pupil", "move", "1101", "7"), "Uw rol (Intern begeleider) laat dit niet toe"),
    ],
)
def test_a_refusal_is_1_with_its_sentence_and_changes_nothing(
    esis: Esis, arguments: tuple[str, ...], sentence: str
) -> None:
    before = everything()
    said = esis(*arguments)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.err
    assert everything() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("pupil", "enrol"), "Er ontbreekt iets: --first-name."),
        (ENROL[:-2], "Er ontbreekt iets: --group."),
        (("pupil", "change", "1101"), "geef --first-name, --last-name, --prefix of --birth-date"),
        (("guardian", "change", "1"), "geef --name of --email"),
        (
            ("guardian", "change", "oma", "--name", "A"),
            "'oma' is geen nummer van een verzorger; zie 'esis guardian list'.",
        ),
        (("guardian", "delete", "9" * 20), f"'{'9' * 20}' is geen nummer van een verzorger; zie 'esis guardian list'."),
    ],
)
def test_wrong_usage_is_2_in_dutch_and_changes_nothing(esis: Esis, arguments: tuple[str, ...], sentence: str) -> None:
    before = everything()
    said = esis(*arguments)
    assert (said.status, said.out) == (2, "")
    assert said.err.splitlines()[0].endswith(sentence)
    assert everything() == before
