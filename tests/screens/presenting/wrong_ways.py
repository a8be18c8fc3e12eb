"""One mistake in each lesson, in the words of the screen, and the lesson's remark (empty: none).

These are realistic mistakes; `test_wrong_ways` makes them by keyboard. Every task of every lesson is done wrongly
without a screen in `tests/training/lesson_table.py`.
"""

from __future__ import annotations

COUPLINGS = "open Beheer > Import-Export-Koppelingen > Koppelingen"
STOPPED = f"""
{COUPLINGS}
choose "IEP LVS"
choose "Tijdelijk stoppen"
choose "Tijdelijk stoppen"
"""

ONE_ADDRESS = f"""
{COUPLINGS}
choose "Activeren" in "Mijnschoolinfo"
fill "Uw naam" "R. de Vries"
tick "Voor akkoord"
fill "Verificatiecode" "99QQ00ouders1234567890"
choose "Gereed"
choose "Elena uit den Boogaard"
fill "E-mail" "jorn.uit.den.boogaard@voorbeeld.nl"
choose "Gereed"
"""
"""Of the five that are missing."""

WRONG_WAYS: dict[str, tuple[str, str]] = {
    "iep-lvs": (
        f"""
        sign in as rovict
        {COUPLINGS}
        choose "Activeren" in "IEP LVS"
        fill "Uw naam" "R. de Vries"
        tick "Voor akkoord"
        choose "Gereed"
        """,
        "U heeft zonder verificatiecode geactiveerd",
    ),
    "mijnschoolinfo": (ONE_ADDRESS, ""),
    "brin-verschilt": (STOPPED, "U heeft de uitwisseling gestopt."),
    "vandaag-gewijzigd": (
        """
        open Leerlingenadministratie
        choose "Nieuwkomer, Noor"
        choose "Uitschrijven"
        select "Reden" "Verhuizing"
        choose "Gereed"
        """,
        "U heeft Noor uitgeschreven.",
    ),
    "e-mailadres-ontbreekt": (ONE_ADDRESS, ""),
    "gewijzigd-in-esis": (
        """
        open Leerlingenadministratie
        choose "Altena, Jara"
        choose "Wijzigen"
        fill "Roepnaam" "Yara"
        choose "Gereed"
        """,
        "U heeft de oude naam in ESIS teruggezet.",
    ),
    "vertrokken-leerling": (
        """
        go to Mijnschoolinfo
        sign in as beheerder
        open Leerlingen
        choose "Altena, Senna"
        choose "Verwijderen"
        choose "Verwijderen"
        """,
        "U heeft Senna Altena verwijderd, en die zit nog op school.",
    ),
    "zelfgemaakte-groep-over": (
        """
        go to Mijnschoolinfo
        sign in as beheerder
        open Leerlingen
        choose "Bakker-Özdemir, Arjen"
        choose "Verwijderen"
        choose "Verwijderen"
        """,
        "U heeft een leerling van de groep verwijderd in plaats van de groep.",
    ),
    "leerling-dubbel": (
        """
        open Leerlingenadministratie
        choose "Altena, Yara"
        choose "Uitschrijven"
        select "Reden" "Verhuizing"
        choose "Gereed"
        """,
        "U heeft Yara in ESIS uitgeschreven.",
    ),
    "verkeerde-leerling": (
        """
        go to IEP LVS
        sign in as schoolbeheerder
        open Leerlingen
        choose "Beekhuis, Amira"
        choose "14-4-2020"
        choose "Blokland, Koen"
        choose "Verplaatsen"
        """,
        "U heeft de afname naar Koen Blokland verplaatst.",
    ),
    "toets-staat-uit": (
        """
        open Beheer > Toetsen > Toetsen activeren
        choose "Rekenen groep 5"
        """,
        "U heeft Rekenen groep 5 uitgezet.",
    ),
    "andere-helft-vergeten": (STOPPED, "U heeft de verificatiecode in ESIS verwijderd"),
    "rol-ontbreekt": (
        """
        sign in as appbeheer
        open Beheer > Inrichten > Gebruikers en rollen
        choose "zonderrol"
        choose "Rol geven"
        select "Rol" "Directie"
        choose "Gereed"
        """,
        "U heeft hem de rol Directie gegeven.",
    ),
    "groep-gaat-niet-mee": (
        """
        open Beheer > Inrichten > Groepen en onderwijssoorten
        choose "Schoolkoor"
        tick "In koppelingen"
        choose "Gereed"
        """,
        "U heeft het Schoolkoor aangezet.",
    ),
    "stoppen-en-hervatten": (
        f"""
        {COUPLINGS}
        choose "IEP LVS"
        choose "Beëindigen"
        type "IEP LVS"
        choose "Beëindigen"
        """,
        "U heeft de koppeling beëindigd in plaats van gestopt.",
    ),
    "eerste-bericht": (
        """
        open Trainer > Leveranciers
        press end
        press delete
        choose "Weghalen"
        """,
        "",
    ),
    "waarom-geweigerd": (f"sign out\nsign in as rovict{STOPPED}", "U heeft de uitwisseling gestopt."),
    "rondleiding": ("advance to 14-4-2020 16:59", ""),
}
