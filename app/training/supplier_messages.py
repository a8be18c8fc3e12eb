"""A supplier's messages to the web service: written for a board as it stands, with what goes wrong on purpose, and sent.

They go the way of a message over HTTP, but for the HTTP, and are written down in the same journal; at school time and
without a duration, so that whoever shows the journal shows the same each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from app import access, clock
from app.exchange.uwlr_xml.namespaces import AUTHORISATION, OSO, PUPILS, RESULTS, SOAP_11
from app.exchange.uwlr_xml.operations import OF_PUPILS, PULL_ALL, PUSH_RESULTS, Operation
from app.refusals import Refused
from app.school.years import working_year
from app.training.supplier_practice import BRIN6, KEY, SUPPLIER
from app.uwlr import addresses, journal
from models.board import Board
from models.school import Group, Placement, Pupil

OPERATIONS = {"pull": PULL_ALL, "push": PUSH_RESULTS}
"""What can be sent, by the word of a draaiboek."""
ASSESSMENT, SCORE, LEVEL = "rekenen-6", "61", "III"
_HEADER = ("autorisatiesleutel", "klantcode", "klantnaam")
_SCHOOL = ("schooljaar", "brincode", "dependancecode", "xsdversie")
_RESULT = ("leerlingid", "key", "afnamedatum", "toetscode", "vaardigheidsscore", "waarde")
FIELDS = {"pull": (*_HEADER, *_SCHOOL), "push": (*_HEADER, *_SCHOOL, *_RESULT)}
"""The values of each that can be given, by the name of the element; `key` is that of the result."""
_CLIENT = "127.0.0.1"


@dataclass(frozen=True)
class Message:
    """A message of a supplier, ready to send."""

    body: bytes
    operation: Operation

    @property
    def address(self) -> str:
        """The path it goes to."""
        return addresses.OF_PUPILS if self.operation in OF_PUPILS else addresses.OF_RESULTS


def check_fields(what: str, given: Mapping[str, str]) -> None:
    """Raise `Refused` for a field that this message does not have."""
    for name in given:
        if name not in FIELDS[what]:
            raise Refused(f"Een bericht '{what}' heeft geen {name}. Kies uit: {', '.join(FIELDS[what])}.")


def written(board: Board, what: str, given: Mapping[str, str] | None = None) -> Message:
    """A valid message of the practice supplier, `pull` or `push` (one result of one pupil), except for what is given.

    Raises `Refused` for an unknown field, and where there is no pupil to bring a result of.
    """
    check_fields(what, given or {})
    location = access.find_location(board, BRIN6)
    today = clock.school_today(board)
    values = {
        "autorisatiesleutel": KEY,
        "klantcode": SUPPLIER.code,
        "klantnaam": SUPPLIER.name,
        "schooljaar": working_year(location, today),
        "brincode": BRIN6[:4],
        "dependancecode": BRIN6[4:],
        "xsdversie": "2.2",
    }
    if what == "push":
        values |= {
            "leerlingid": _pupil(board),
            "key": "oefenresultaat-1",
            "afnamedatum": today.isoformat(),
            "toetscode": ASSESSMENT,
            "vaardigheidsscore": SCORE,
            "waarde": LEVEL,
            "aanmaakdatum": clock.iso(clock.school_now(board)),
        }
    safe = {name: escape(text, {'"': "&quot;"}) for name, text in (values | dict(given or {})).items()}
    body = (_PUSH if what == "push" else _PULL).format(**safe)
    return Message(_ENVELOPE.format(body=body, **safe).encode(), OPERATIONS[what])


def send(board: Board, message: Message) -> int:
    """Have it answered, write that down, and return its number in the journal."""
    from app.uwlr import handling  # few draaiboeken send anything, and it loads all of the web service

    call = handling.Call(
        board.id,
        BytesIO(message.body),
        len(message.body),
        message.address,
        _CLIENT,
        f'"{message.operation.action}"',
        message.operation.space,
    )
    answer = handling.answer(call, handling.Manner())
    answer.body.close()
    entry = answer.entry
    entry.at, entry.ms, entry.status = clock.school_now(board), 0, answer.status
    return journal.write(entry)


def of_file(body: bytes) -> Message:
    """A message of somebody's own: what it asks follows from the message."""
    operation = PUSH_RESULTS if PUSH_RESULTS.request.encode() in body else PULL_ALL
    return Message(body, operation)


def _pupil(board: Board) -> str:
    """The leerlingnummer of the first pupil of group 6."""
    location = access.find_location(board, BRIN6)
    rows = Pupil.select().join(Placement).join(Group).where(Group.location == location, Group.name == "6")
    pupil: Pupil | None = rows.order_by(Pupil.sort_name, Pupil.id).first()
    if pupil is None:
        raise Refused("Op dit bestuur zit niemand in groep 6, dus er is geen resultaat te brengen.")
    return str(pupil.key)


_ENVELOPE = f"""\
<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="{SOAP_11}">
  <soap:Header>
    <autorisatie xmlns="{AUTHORISATION}">
      <autorisatiesleutel>{{autorisatiesleutel}}</autorisatiesleutel>
      <klantcode>{{klantcode}}</klantcode>
      <klantnaam>{{klantnaam}}</klantnaam>
    </autorisatie>
  </soap:Header>
  <soap:Body>
{{body}}
  </soap:Body>
</soap:Envelope>
"""
_PULL = f"""\
    <leerlinggegevens_verzoek xmlns="{PUPILS}">
      <schooljaar>{{schooljaar}}</schooljaar>
      <brincode>{{brincode}}</brincode>
      <dependancecode>{{dependancecode}}</dependancecode>
      <xsdversie>{{xsdversie}}</xsdversie>
    </leerlinggegevens_verzoek>"""
_PUSH = f"""\
    <leerresultaten_verzoek xmlns="{RESULTS}" xmlns:oso="{OSO}">
      <school>
        <schooljaar>{{schooljaar}}</schooljaar>
        <brincode>{{brincode}}</brincode>
        <dependancecode>{{dependancecode}}</dependancecode>
        <aanmaakdatum>{{aanmaakdatum}}</aanmaakdatum>
        <xsdversie>{{xsdversie}}</xsdversie>
      </school>
      <toetsafnames>
        <toetsafname>
          <leerlingid>{{leerlingid}}</leerlingid>
          <resultaten>
            <resultaat key="{{key}}">
              <afnamedatum>{{afnamedatum}}</afnamedatum>
              <toetscode>{{toetscode}}</toetscode>
              <osoresultaat>
                <oso:toetsscore>
                  <oso:vaardigheidsscore>{{vaardigheidsscore}}</oso:vaardigheidsscore>
                </oso:toetsscore>
                <oso:referentiescore>
                  <oso:codereferentiescore>IV</oso:codereferentiescore>
                  <oso:codevergelijkingsgroep>Landelijk</oso:codevergelijkingsgroep>
                  <oso:waarde>{{waarde}}</oso:waarde>
                </oso:referentiescore>
              </osoresultaat>
            </resultaat>
          </resultaten>
        </toetsafname>
      </toetsafnames>
      <toetsen>
        <toets>
          <toetscode>{{toetscode}}</toetscode>
        </toets>
      </toetsen>
    </leerresultaten_verzoek>"""
