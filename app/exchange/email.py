"""What an e-mail address must look like: one rule for ESIS and its partners.

Only what is surely wrong is refused, because most odd-looking addresses exist. The rule is our choice.
"""

from __future__ import annotations

from app.exchange.names import kept


def wrong_with(email: str) -> str:
    """What is wrong with an address, to follow it in a (Dutch) sentence; empty when nothing is.

    Wrong are blanks, no or more than one `@`, nothing before it, and a domain without a dot inside.
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
    """Whether mail can be sent here, or somebody sign in with it: an address, and not empty."""
    return bool(text) and not wrong_with(text)


def folded_address(email: str) -> str:
    """What an address is compared by: capitals make no difference, in the name nor in the domain. Accents do."""
    return kept(kept(email).casefold())
