"""Letting a partner of this board talk to another ESIS over HTTP, in the place of the one it is part of.

It then pulls pupils there and brings results there, by UWLR; its own ESIS gets nothing from it and gives it nothing. A
partner at which a verification code is typed shows that one there; another has a key with the setting.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from app.access import Actor, writing
from app.exchange.names import can_be_kept
from app.other_esis import setting
from app.other_esis.setting import Elsewhere
from app.partners import registry
from app.partners.partner import Partner
from app.permissions import Permission
from app.refusals import Refused, missing
from models.board import Location
from models.webservice import OtherEsis

_TEXTS = {
    "pupils": "Het adres",
    "results": "Het adres voor resultaten",
    "client_code": "De klantcode",
    "client_name": "De klantnaam",
    "key": "De autorisatiesleutel",
}


def able() -> list[Partner]:
    """The partners that can talk to another ESIS."""
    return [one for one in registry.partners() if one.caller is not None]


def find(partner: str) -> Partner:
    """The partner with this id. Raises `NotFound`, or `Refused` for one that cannot talk to another ESIS."""
    found = registry.by_id(partner)
    if found.caller is None:
        raise Refused(
            f"{found.name} vraagt ESIS om {found.asks}, en dat kent UWLR niet: {found.name} praat altijd met de eigen ESIS. "
            f"Wel kan het met {', '.join(one.id for one in able())}.",
            field="partner",
        )
    return found


def choose(actor: Actor, partner: str, chosen: Elsewhere) -> Elsewhere:
    """Let it talk to another ESIS; an empty klantcode and klantnaam are the partner's own. Returns what was set.

    The other ESIS is not called. Raises `NotAllowed`, `NotFound`, or `Refused` for a field or file that is not right.
    """
    found = find(partner)
    assert found.caller is not None, "it can call"
    if not chosen.client_code and not chosen.client_name:
        chosen = replace(chosen, client_code=found.caller.code, client_name=found.caller.name)
    _check(found, chosen)
    chosen = replace(chosen, certificates=setting.with_whole_paths(chosen.certificates))
    with writing(actor, Permission.LEAD_CLASS):
        setting.keep(actor.board, found.id, chosen)
        _ask_to_test(actor, found, f"{found.name} praat nu met een andere ESIS ({chosen.host}).")
    return chosen


def clear(actor: Actor, partner: str) -> Partner:
    """Let it talk to its own ESIS again. Raises `NotAllowed`, `NotFound`, or `Refused` if it does already."""
    found = find(partner)
    with writing(actor, Permission.LEAD_CLASS):
        if not setting.drop(actor.board, found.id):
            raise Refused(f"{found.name} praat al met de eigen ESIS.")
        _ask_to_test(actor, found, f"{found.name} praat weer met de eigen ESIS.")
    return found


def told(board_id: int, partner: str) -> str:
    """`een andere ESIS: http://...`; empty for a partner that talks to its own."""
    there = setting.of(board_id, partner)
    return f"een andere ESIS: {there.pupils}" if there is not None else ""


def _check(partner: Partner, chosen: Elsewhere) -> None:
    from app.other_esis.client import checked_url

    assert partner.caller is not None, "it can call"
    for name, title in _TEXTS.items():
        text, most = getattr(chosen, name), getattr(OtherEsis, name).max_length
        if not text and name != "key":
            raise Refused(missing(title), field=name)
        if len(text) > most or not can_be_kept(text) or not text.isprintable():
            raise Refused(f"{title} heeft hoogstens {most} gewone tekens.", field=name)
    for name in ("pupils", "results"):
        if "@" in urlsplit(checked_url(getattr(chosen, name))).netloc:  # everybody who looks at the coupling sees it
            raise Refused(f"{_TEXTS[name]} heeft geen naam en wachtwoord: een ESIS vraagt om een sleutel.", field=name)
    if partner.caller.has_code and chosen.key:
        raise Refused(
            f"De autorisatiesleutel is bij {partner.name} de verificatiecode: vul die in het programma van {partner.name} in.",
            field="key",
        )
    if not partner.caller.has_code and not chosen.key:
        raise Refused(
            f"Geef ook de autorisatiesleutel: bij {partner.name} vult een school geen verificatiecode in. Het is de code van "
            "de koppeling in de andere ESIS.",
            field="key",
        )
    chosen.certificates.context()


def _ask_to_test(actor: Actor, partner: Partner, what: str) -> None:
    """Who looks at the coupling at the partner is told to try it again."""
    if partner.account is None:
        return
    here = Location.select(Location.id).where(Location.board == actor.board)
    mine = partner.account.location.in_(here) & partner.account.connected_at.is_null(False)
    partner.account.update(last_test=f"{what} Verstuur opnieuw een testbericht.").where(mine).execute()
