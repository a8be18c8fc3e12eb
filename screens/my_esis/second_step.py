"""2FA in Mijn wachtwoord - 2FA: on with a QR code and a first code, off with a code, both with the password."""

from __future__ import annotations

import io

import segno
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from app.signing import codes, second_step
from models.signing_in import Secret
from screens.shared.dialogs import Reading
from screens.shared.fields import Field, PasswordField, TextField
from screens.shared.forms import Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.maintenance import RecordForm
from screens.shared.panel import Panel
from screens.shared.text import paragraphs

SAVE_THEM = (
    "2FA staat aan. Dit zijn uw herstelcodes: elk telt één keer, voor als u uw telefoon niet heeft. Schrijf ze nu over; ze "
    "worden nooit meer getoond."
)


def qr_text(address: str) -> str:
    """A QR code as lines of half blocks, two rows of modules per line; dark is drawn, so it belongs on white."""
    written = io.StringIO()
    segno.make(address, error="l", micro=False).save(written, kind="txt", border=2)
    rows = written.getvalue().split()
    rows += ["0" * len(rows[0])] * (len(rows) % 2)
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join("".join(_BLOCKS[above + below] for above, below in zip(*pair, strict=True)) for pair in pairs)


_BLOCKS = {"00": " ", "10": "▀", "01": "▄", "11": "█"}


class SwitchOnScreen(EsisScreen):
    """The QR code and the secret to copy; switched on once a code from the app is entered."""

    ITEM = "mijn-wachtwoord"
    BELOW = ("2FA aanzetten",)
    HELP = (
        "Open op uw telefoon een app voor codes (een authenticator) en laat die de QR-code lezen. Kan dat niet, kies dan in de "
        "app voor een sleutel typen en neem de letters en cijfers over; hoofdletters of kleine letters maakt niet uit.\n\n"
        "Typ daarna uw wachtwoord en de zes cijfers die de app toont, en druk op F2. Pas dan staat 2FA aan; met Esc verandert "
        "er niets.\n\n"
        "U krijgt dan herstelcodes te zien. Schrijf ze over: ze worden één keer getoond."
    )

    def __init__(self) -> None:
        super().__init__()
        self._secret: Secret = codes.new_secret()

    def body(self) -> ComposeResult:
        """The QR code on the left, instructions on the right: both fit in 80x24."""
        with Horizontal(id="second-step"):
            yield Label(paragraphs(qr_text(codes.address(self.actor.name, self._secret))), id="qr")
            with Panel("2FA aanzetten", id="second-step-right"):
                yield Label("1. Lees de QR-code met de app op uw telefoon, of typ deze sleutel over:")
                yield Label(paragraphs(in_two_lines(codes.in_groups(self._secret))), id="secret")
                yield Label("2. Typ uw wachtwoord en de zes cijfers die de app toont.")
                yield Form(
                    [
                        PasswordField("password", "Wachtwoord", required=True),
                        TextField("code", "Code", required=True),
                    ]
                )

    @property
    def changed(self) -> bool:
        """A code is nothing to lose."""
        return False

    @on(Form.Submitted)
    def _submit(self, event: Form.Submitted) -> None:
        actor, secret, values = self.actor, self._secret, event.values
        self.perform(
            lambda: second_step.switch_on(actor, values["password"], secret, values["code"]), self._switched_on
        )

    def _switched_on(self, made: list[str]) -> None:
        pairs = zip(made[::2], made[1::2], strict=True)
        listed = "\n".join(f"  {one}    {other}" for one, other in pairs)
        self.app.push_screen(Reading("Herstelcodes", f"{SAVE_THEM}\n\n{listed}"), lambda _: self.action_back())


class SwitchOffScreen(RecordForm):
    """The password and a code."""

    ITEM = "mijn-wachtwoord"
    BELOW = ("2FA uitzetten",)
    TITLE_TEXT = "2FA uitzetten"
    HELP = (
        "Typ uw wachtwoord en de zes cijfers die de app nu toont, of een herstelcode, en druk op F2. Daarna meldt u zich aan met "
        "alleen uw wachtwoord, en kunt u 2FA opnieuw aanzetten, bijvoorbeeld op een andere telefoon."
    )

    def fields(self) -> list[Field]:
        """Both."""
        return [
            PasswordField("password", "Wachtwoord", required=True),
            TextField("code", "Code", required=True, help="De zes cijfers van uw app, of een herstelcode."),
        ]

    def save(self, values: dict[str, str]) -> str:
        """Switch it off."""
        second_step.switch_off(self.actor, values["password"], values["code"])
        return "2FA staat uit. Gooi de herstelcodes weg en haal ESIS uit de app: ze werken niet meer."


def in_two_lines(groups: str) -> str:
    """The groups of the secret, split over two lines."""
    parts = groups.split()
    half = (len(parts) + 1) // 2
    return "\n".join((" ".join(parts[:half]), " ".join(parts[half:])))
