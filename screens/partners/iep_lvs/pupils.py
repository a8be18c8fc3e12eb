"""Leerlingen: who is in IEP LVS, to see whether a new pupil has arrived."""

from __future__ import annotations

from models.partners.iep_lvs import IepPupil
from screens.partners.iep_lvs.pupil_list import IepPupils
from screens.partners.iep_lvs.pupil_sittings import PupilSittings


class Pupils(IepPupils):
    """The pupils as Basispoort delivered them."""

    PATH = ("Leerlingen",)
    HELP = (
        "De leerlingen zoals Basispoort ze heeft geleverd; wijzigen gebeurt in ESIS. F3 gaat naar het zoekveld: typ een "
        "deel van de naam, ↓ of Enter gaat naar de lijst.\n\n"
        "Enter toont de toetsafnames van een leerling; een afname die bij de verkeerde leerling staat, verplaatst u daar.\n\n"
        "Een leerling die vandaag in ESIS wordt ingeschreven, staat hier na twee nachten. Wie vertrekt, wordt Vertrokken "
        "en blijft met zijn toetsafnames onderaan staan. Is een account samengevoegd met een ander, dan staat er het nummer "
        "van dat andere."
    )

    def choose(self, pupil: IepPupil) -> None:
        """Show what the pupil sat."""
        self.app.push_screen(PupilSittings(self.session, pupil))
