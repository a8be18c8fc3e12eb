"""The partners' declarations are consistent with each other: one id and one name."""

from __future__ import annotations

from app.couplings import catalogue
from app.partners.registry import explanations, partners
from app.workers.schedule import all_jobs
from screens.shell.programs import partner_programs


def test_a_coupling_is_with_a_partner_that_esis_calls_by_its_name() -> None:
    named = {partner.id: partner.name for partner in partners()}
    assert {row.type: row.partner for row in catalogue.all_types()}.items() <= named.items()


def test_every_partner_has_a_program_and_the_order_is_that_of_the_couplings() -> None:
    couplings = [row.type for row in catalogue.all_types()]
    assert [program.id for program in partner_programs()] == [*couplings, "basispoort"]
    assert {program.id for program in partner_programs()} == {partner.id for partner in partners()}


def test_every_exchange_that_can_be_asked_about_is_a_job_with_a_title() -> None:
    titles = {row.type: row.row for row in catalogue.all_types()} | catalogue.transfers()
    assert set(explanations()) <= {job.name for job in all_jobs()} & set(titles)


def test_who_has_a_coupling_can_be_connected_for_a_starting_state() -> None:
    coupled = {row.type for row in catalogue.all_types()}
    assert coupled == {partner.id for partner in partners() if partner.connect and partner.account}
    assert all(20 <= len("99QQ00" + partner.practice_code) <= 50 for partner in partners() if partner.connect)
