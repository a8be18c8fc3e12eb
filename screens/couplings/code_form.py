"""The form on the page of a live coupling: its verification code, and what else can be done with the coupling."""

from __future__ import annotations

from collections.abc import Callable

from screens.couplings.page import counter
from screens.shared.controls import push_button
from screens.shared.fields import TextField
from screens.shared.forms import Form


def code_form(check: Callable[[str], None], *, short: bool) -> Form:
    """`check` raises `Refused` for a code that will not do; `short`: with shorter names on the buttons."""
    help = "Maakt u het veld leeg, dan staat de uitwisseling stil."
    besides = (
        push_button("Code kopiëren", id="copy"),
        push_button("Tijdelijk stoppen", id="pause"),
        push_button("Beëindigen" if short else "Koppeling beëindigen", id="end", variant="error"),
    )
    return Form(
        [TextField("code", "Verificatiecode", counter=counter, check=check, help=help)],
        title="Verificatiecode",
        submit="Code opslaan",
        cancel="",
        besides=besides,
        edits=True,
        starts=False,
    )
