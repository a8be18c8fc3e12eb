"""The year transition (Jaarovergang): a draft of where everybody goes, carried out at once by a run, and undone.

Rules of where a pupil goes: `rules`. The lines of a draft: `groups_draft` and `pupils_draft`. What a user does with it:
`planning`, `choosing` and `sending`; what a screen shows: `situations`, `listing` and `group_listing`. The run:
`running`, `applying`, `obstacles`.
"""

from app.school.transition.running import JOBS

__all__ = ["JOBS"]
