"""Passwords easy to read from a sheet and type: two Dutch words and a number, as in `kastanje-4827-fietsbel`."""

from __future__ import annotations

import secrets

_TEXT = """
aardbei afwas agenda anker appel avond bakfiets ballon banaan berkenboom bezem biscuit bladzijde bloempot boekenkast
boterham breinaald brievenbus brood caravan citroen cirkel dakpan deurbel dolfijn domino druppel duinpan eekhoorn eiland
emmer ezel fietsbel fluitje fontein garnaal gieter gitaar glijbaan gordijn hamster handdoek havermout herfst hommel
honing ijsbeer jampot kabouter kachel kalender kameel kapstok karton kastanje kersen klaver kleurpotlood klok komkommer
konijn kruiwagen ladder lantaarn lepel libel lolly maandag madelief marmot meloen merel molen muziek naaidoos narcis
noot oever olifant otter paraplu peper perzik piano pinda pompoen potlood radijs regenboog rivier robijn rozijn schaap
schelp schommel sinaasappel sleutel snoer spiegel spons sprinkhaan step storm suiker tafel tomaat trommel tulp uil
veter vijver vlieger vlinder vogelhuis vuurtoren walnoot wandelstok watermolen wegwijzer winter wolk wortel zadel
zandbak zebra zilver zonnebloem
"""
WORDS = tuple(_TEXT.split())


def readable() -> str:
    """A new password of about 27 bits, which is enough when sign-in slows down after each mistake."""
    return f"{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}-{secrets.choice(WORDS)}"
