"""What Mijnschoolinfo's screens share after sign-in: the account, the two tab bars, lists and forms."""

from __future__ import annotations

from textual.app import ComposeResult

from app.partners.mijnschoolinfo import account
from app.partners.mijnschoolinfo.lists import Row
from app.partners.mijnschoolinfo.partner import PARTNER
from app.school.people.names import list_name
from models.partners.mijnschoolinfo import MsiSchool
from screens.partners.mijnschoolinfo.routes import COUPLING_TABS, ROUTES, SCHOOL_TABS
from screens.partners.page import Explained, PartnerPage, Session
from screens.partners.tabs import TabPage
from screens.shared.forms import Form
from screens.shared.listing import Listing
from screens.shared.panel import Panel
from screens.shared.recording import Recording
from screens.shared.records import RecordList


def listed_name(row: Row) -> str:
    """The name as in a list, by what it is sorted on: `Berg, Anna van der`; a guardian's is one whole."""
    return list_name(*row.parts) if row.parts else row.name


class MsiPage(PartnerPage):
    """A screen of Mijnschoolinfo for its beheerder, who sees only their own school."""

    PARTNER = PARTNER
    ROUTES = ROUTES

    @property
    def school(self) -> MsiSchool:
        """The account, freshly read."""
        return account.school_of(self.session.location)


class MsiTab(TabPage, MsiPage):
    """A tab that starts with the focus in its content."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.on_tabs = False


class SchoolTab(MsiTab):
    """A tab of School: who is here."""

    HERE = "school"
    ABOVE = ("School",)
    TABS = SCHOOL_TABS


class CouplingTab(Explained, MsiTab):
    """A tab of Koppeling: what comes from ESIS."""

    WHY = account.ID
    HERE = "esis"
    ABOVE = ("Koppeling",)
    TABS = COUPLING_TABS


class MsiList(Listing, MsiPage):
    """A list on its own screen."""

    def body(self) -> ComposeResult:
        """The list, with its own title."""
        return self.listing()

    def on_mount(self) -> None:
        """The screen's name is the title of the list."""
        self.query_one("#keep", RecordList).set_title(self.PATH[-1])


class ListOnTab(Listing, MsiTab):
    """A list on a tab; put it before the tab's own class in the bases."""

    def body(self) -> ComposeResult:
        """The tab bar above the list."""
        return MsiTab.body(self)

    def content(self) -> ComposeResult:
        """The list."""
        return self.listing()

    def focus_start(self) -> None:
        """As on every tab."""
        MsiTab.focus_start(self)

    def on_mount(self) -> None:
        """The tab's name is the title of the list."""
        self.query_one("#keep", RecordList).set_title(self.PATH[-1])

    def action_content(self) -> None:
        """Focus the list, not its search field."""
        self.action_to_list()


class MsiForm(Recording, MsiPage):
    """The form for one record."""

    def body(self) -> ComposeResult:
        """The form in a panel."""
        yield Panel(self.title_text(), *self.above(), Form(self.fields(), edits=self.existing))
