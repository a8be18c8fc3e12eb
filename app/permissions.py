"""Roles, and what each of them allows (sources.md#activation, sources.md#rights; the division is ours)."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A role; the value is its on-screen name."""

    DIRECTIE = "Directie"
    APPLICATIEBEHEERDER = "Applicatiebeheerder"
    LEERKRACHT = "Leerkracht"
    INTERN_BEGELEIDER = "Intern begeleider"
    ADMINISTRATIE = "Administratief medewerker"
    TRAINER = "Trainer"


class Permission(StrEnum):
    """Something a role allows; the value completes "Uw rol laat dit niet toe: ..."."""

    MANAGE_COUPLINGS = "koppelingen activeren of beëindigen"
    VIEW_COUPLINGS = "koppelingen bekijken"
    VIEW_ALL_PUPILS = "alle leerlingen van de vestiging bekijken"
    VIEW_OWN_PUPILS = "leerlingen bekijken"
    EDIT_PUPILS = "leerlingen in- en uitschrijven of wijzigen"
    VIEW_RESULTS = "toetsresultaten bekijken"
    MATCH_RESULTS = "niet-gekoppelde resultaten oplossen"
    ACTIVATE_ASSESSMENTS = "toetsen activeren"
    IMPORT = "bestanden importeren"
    EDIT_MESSAGES = "berichten onderhouden"
    MANAGE_STAFF = "medewerkers beheren"
    MANAGE_GROUPS = "groepen beheren"
    MANAGE_USERS = "gebruikers en rollen beheren"
    MANAGE_ORGANISATION = "bestuur, school en vestiging beheren"
    MANAGE_LISTS = "hulptabellen en relaties beheren"
    RUN_TRANSITION = "de jaarovergang uitvoeren"
    EXPORT = "gegevens exporteren"
    ENTER_RESULTS = "toetsresultaten invoeren"
    IMPORT_RESULTS = "toetsresultaten uit een bestand inlezen"
    EXCLUDE_RESULTS = "resultaten uitsluiten"
    DEFINE_ASSESSMENTS = "toetsen definiëren"
    SET_FAULTS = "storingen zetten"
    LEAD_CLASS = "een klas begeleiden"


_P = Permission
_OF_TRAINERS = frozenset({_P.SET_FAULTS, _P.LEAD_CLASS})
_OF_SCHOOLS = frozenset(Permission) - _OF_TRAINERS
ALLOWS: dict[Role, frozenset[Permission]] = {
    Role.DIRECTIE: _OF_SCHOOLS,
    Role.APPLICATIEBEHEERDER: _OF_SCHOOLS,
    Role.LEERKRACHT: frozenset({_P.VIEW_OWN_PUPILS, _P.VIEW_RESULTS, _P.ENTER_RESULTS}),
    Role.INTERN_BEGELEIDER: frozenset(
        {
            _P.VIEW_COUPLINGS,
            _P.VIEW_ALL_PUPILS,
            _P.VIEW_OWN_PUPILS,
            _P.VIEW_RESULTS,
            _P.MATCH_RESULTS,
            _P.ACTIVATE_ASSESSMENTS,
            _P.ENTER_RESULTS,
            _P.IMPORT_RESULTS,
            _P.EXCLUDE_RESULTS,
            _P.DEFINE_ASSESSMENTS,
        }
    ),
    Role.ADMINISTRATIE: frozenset(
        {
            _P.VIEW_COUPLINGS,
            _P.VIEW_ALL_PUPILS,
            _P.VIEW_OWN_PUPILS,
            _P.EDIT_PUPILS,
            _P.IMPORT,
            _P.EDIT_MESSAGES,
            _P.MANAGE_STAFF,
            _P.MANAGE_GROUPS,
            _P.MANAGE_LISTS,
            _P.RUN_TRANSITION,
            _P.EXPORT,
        }
    ),
    Role.TRAINER: _OF_TRAINERS,
}

NO_ROLE = (
    "U heeft geen rol op deze vestiging, dus u ziet geen gegevens. Vraag de directie of de applicatiebeheerder "
    "om een rol (Beheer > Inrichten > Gebruikers en rollen)."
)
