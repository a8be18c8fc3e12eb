"""Which screen shows a target, and which permission opens it: the one registry, and the only way to another package.

A screen is named as `module:Class` within `screens`, so that it is imported when it is opened; its `at` creates it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from textual.screen import Screen

from app import targets
from app.permissions import Permission
from app.targets import MenuItem, Target
from screens.shell.programs import preview_of


@dataclass(frozen=True)
class Place:
    """A screen, and the permission needed to open it; a window opens over whatever program is in front."""

    screen: str | type[Screen[Any]]
    permission: Permission | None = None
    window: bool = False

    @property
    def kind(self) -> Any:
        """Its class."""
        if not isinstance(self.screen, str):
            return self.screen
        module, _, name = self.screen.partition(":")
        return getattr(import_module(f"screens.{module}"), name)


PLACES: Mapping[Target | type[Target], Place] = {
    MenuItem("startpagina"): Place("start.home:StartPage"),
    MenuItem("berichten-overzicht"): Place("start.attention:AttentionScreen"),
    MenuItem("berichten-onderhouden"): Place("start.messages:MessagesScreen"),
    MenuItem("mijn-groep"): Place("my_esis.dashboard:DashboardScreen"),
    MenuItem("mijn-wachtwoord"): Place("my_esis.password:PasswordScreen"),
    MenuItem("mijn-instellingen"): Place("my_esis.preferences:PreferencesScreen"),
    MenuItem("help"): Place("help.help:HelpScreen"),
    MenuItem("esis-informatie"): Place("help.about:AboutScreen"),
    MenuItem("leerlingenadministratie"): Place("pupils.administration:PupilAdministration"),
    MenuItem("groepen-indelen"): Place("pupils.arranging:ArrangeGroups"),
    MenuItem("collectief-uitschrijven"): Place("pupils.leaving:UnsubscribeMany"),
    MenuItem("jaarovergang"): Place("transition.overview:TransitionOverview"),
    MenuItem("toetsresultaten-invoeren"): Place("assessments.entering:EnteringScreen"),
    MenuItem("medewerkers"): Place("staff.staff:StaffScreen"),
    MenuItem("hulptabellen"): Place("organisation.lookups:LookupsScreen"),
    MenuItem("bestuur-school-vestiging"): Place("organisation.board:BoardScreen"),
    MenuItem("groepen-en-onderwijssoorten"): Place("organisation.groups:GroupsScreen"),
    MenuItem("relatiescholen"): Place("organisation.directory:RelatedSchoolsScreen"),
    MenuItem("gebruikers-en-rollen"): Place("organisation.users:UsersScreen"),
    MenuItem("relaties"): Place("organisation.directory:RelationsScreen"),
    MenuItem("toetsen-activeren"): Place("assessments.activate:ActivateAssessments"),
    MenuItem("toetsdefinities"): Place("assessments.definitions:DefinitionsScreen"),
    MenuItem("resultaten-uitsluiten"): Place("assessments.excluding:ExcludingScreen"),
    MenuItem("toetsoverzichten"): Place("assessments.overviews:OverviewsScreen"),
    MenuItem("exporteren"): Place("exchange.exporting:ExportScreen"),
    MenuItem("import"): Place("exchange.importing:ImportScreen"),
    MenuItem("scol-import"): Place("exchange.result_files:ScolScreen"),
    MenuItem("exportdefinities"): Place("exchange.definitions:DefinitionsScreen"),
    MenuItem("dultkoppeling"): Place("dult.files:DultScreen"),
    MenuItem("koppelingen"): Place("couplings.overview:CouplingOverview"),
    MenuItem("eindtoetsgegevens-importeren"): Place("exchange.result_files:EindtoetsScreen"),
    targets.ActivationList: Place("couplings.choosing:ActivateList", Permission.VIEW_COUPLINGS),
    targets.EndingList: Place("couplings.choosing:EndList", Permission.VIEW_COUPLINGS),
    targets.Activation: Place("couplings.activation:ActivationScreen", Permission.MANAGE_COUPLINGS),
    targets.CouplingPage: Place("couplings.detail:CouplingScreen", Permission.VIEW_COUPLINGS),
    targets.Contacts: Place("couplings.contacts:ContactsScreen", Permission.VIEW_COUPLINGS),
    targets.Deliveries: Place("couplings.deliveries:DeliveriesScreen", Permission.VIEW_COUPLINGS),
    targets.Log: Place("couplings.logbook:LogbookScreen", Permission.VIEW_COUPLINGS),
    targets.Unmatched: Place("couplings.unmatched:UnmatchedScreen", Permission.VIEW_COUPLINGS),
    targets.Why: Place("couplings.why:WhyScreen", Permission.VIEW_COUPLINGS),
    targets.SchoolTime: Place("school_time.clock:SchoolTime", window=True),
    targets.Parts: Place("help.parts:PartsScreen"),
    targets.Lessons: Place("lessons.overview:Lessons"),
    targets.TrainerPage("faults"): Place("trainer.faults:FaultsPage", Permission.SET_FAULTS),
    targets.TrainerPage("start"): Place("trainer.starting:StartingPage", Permission.SET_FAULTS),
    targets.TrainerPage("class"): Place("trainer.boards:BoardsPage", Permission.SET_FAULTS),
    targets.TrainerPage("stuck"): Place("trainer.stuck:StuckPage", Permission.SET_FAULTS),
    targets.TrainerPage("now"): Place("trainer.desk:DeskPage", Permission.SET_FAULTS),
    targets.TrainerPage("own-lessons"): Place("trainer.own_lessons:OwnLessonsPage", Permission.SET_FAULTS),
    targets.TrainerPage("messages"): Place("trainer.messages:MessagesPage", Permission.SET_FAULTS),
    targets.TrainerPage("suppliers"): Place("trainer.suppliers:SuppliersPage", Permission.SET_FAULTS),
    targets.TransitionStep("groups"): Place("transition.groups:GroupsStep", Permission.VIEW_ALL_PUPILS),
    targets.TransitionStep("pupils"): Place("transition.pupils:PupilsStep", Permission.VIEW_ALL_PUPILS),
    targets.TransitionStep("teachers"): Place("transition.teachers:TeachersStep", Permission.VIEW_ALL_PUPILS),
    targets.TransitionStep("confirm"): Place("transition.confirming:ConfirmStep", Permission.VIEW_ALL_PUPILS),
    targets.UserPage: Place("organisation.user_page:UserPage", Permission.MANAGE_USERS),
    targets.GroupPage: Place("organisation.groups:GroupFormScreen", Permission.MANAGE_GROUPS),
    targets.PupilPage: Place("pupils.page:PupilPage", Permission.VIEW_OWN_PUPILS),
    targets.GuardianForm: Place("pupils.guardian:GuardianScreen", Permission.EDIT_PUPILS),
    targets.PupilLine: Place("my_esis.pupil_line:PupilLineScreen", Permission.VIEW_RESULTS),
}
"""By the target itself, or by its type. For a menu item, its row in `menu.toml` gives the permission."""


def place_of(target: Target) -> Place | None:
    """Where a target is shown; None for a menu item that is not built, and for what a coupling does not have."""
    if isinstance(target, targets.Preview):
        preview = preview_of(target.type)
        return Place(preview, Permission.VIEW_COUPLINGS) if preview else None
    return PLACES.get(target) or PLACES.get(type(target))
