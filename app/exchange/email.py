"""The format of an e-mail address: one rule for ESIS and its partners.

Only what is certainly wrong is refused, because most odd-looking addresses exist. The rule is our choice.
"""

from __future__ import annotations

from app.exchange.names import kept


def wrong_with(email: str) -> str:
    """What is wrong with an address, to follow it in a (Dutch) sentence; empty if nothing.

    Wrong: spaces, no `@` or more than one, nothing before it, or a domain without a dot inside.
    """
    if any(character.isspace() for character in email):
        return "bevat een spatie"
    if email.count("@") != 1:
        return "bevat meer dan één @" if "@" in email else "bevat geen @"
    name, domain = email.split("@")
    if not name:
        return "heeft niets voor de @"
    if "." not in domain or not all(domain.split(".")):
        return "heeft na de @ geen goed domein: daarin staat ten minste één punt, met tekst ervoor en erna"
    return ""


def is_email(text: str) -> bool:
    """Whether it is a non-empty address, for sending mail or signing in."""
    return bool(text) and not wrong_with(text)


def folded_address(email: str) -> str:
    """The form in which addresses are compared: case-insensitive, in the name and the domain. Accents count."""
    return kept(kept(email).casefold())
