"""A message that our shapes take is valid by the official schemas, and one that they refuse is not."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from app.exchange.uwlr import Authorisation
from app.exchange.uwlr_xml.namespaces import OSO, PUPILS, RESULTS
from app.exchange.uwlr_xml.requested import understood
from app.exchange.uwlr_xml.rules import Stage
from tests.uwlr.messages import GROUPS, SCORE, TEST, Letter, oso, result, sitting
from tests.uwlr.official import content, errors
from tests.uwlr.test_results_content import FULL_TEST

LETTER = Letter(Authorisation("sleutel", "klantcode", "klantnaam"))
MANY = LETTER.but(
    sittings="\n".join(
        (
            sitting("1001", result("a", oso(), "rekenen-6"), result("b", SCORE, "rekenen-6", "getallen"), eckid="e"),
            sitting("1002", result("c")),
        )
    ),
    tests=f"{FULL_TEST}\n{TEST}",
)
BASES = (
    LETTER.pull,
    LETTER.but(request="structuur_verzoek", more="<gegevenssetid>x</gegevenssetid>\n").pull,
    LETTER.but(request="leerlingen_verzoek", more=GROUPS).pull,
    LETTER.but(request="leerkrachten_verzoek", more=GROUPS.replace("<groep/>", '<samengestelde_groep key="g"/>')).pull,
    MANY.push,
)
BY_SCHEMA = {"INHOUD-01", "INHOUD-02", "INHOUD-03", "INHOUD-11"}
"""Rules beyond the shapes that the schemas check too, as keys."""
NOT_BY_SCHEMA = {"MSG-14", "MSG-15", "MSG-10"}
"""Rules of fields that the schemas leave open: the value of xsdversie and of gegevenssetid, and keys of older versions."""
VALUES = (  # no lone space: as a version that is none, by us only
    "",
    "x",
    "0",
    "-1",
    "+7",
    "007",
    "1.5",
    "1e3",
    "256",
    "11",
    "2020-02-29",
    "2019-02-29",
    "2020-01-21Z",
    "2020-01-21+01:00",
    "2020-01-21T10:00:00",
    "2020-01-21T25:00:00",
    "2020-01-21T24:00:00",
    "2020-01-21T10:00:00.123456789+02:00",
    "2020-01-21 10:00:00",
    " 2020-01-21 ",
    "99QQ",
    "99qq",
    "٣٣QQ",
    "99ÀÉ",
    "2019-2020",
    "3019-2020",
    "lezen-6",
    "rekenen-6",
    "y" * 33,
    "y" * 65,
    "y" * 129,
    "y" * 257,
)
NAMES = ("schooljaar", "brincode", "schoolkey", "groep", "toetscode", "score", "norm", "iets", "versie", "eckid")
SPACES = (PUPILS, RESULTS, OSO, "")
Edit = Callable[[etree._Element], None]


def _remove(one: etree._Element) -> None:
    one.getparent().remove(one)  # type: ignore[union-attr]


def _repeat(one: etree._Element) -> None:
    one.addnext(copy.deepcopy(one))


def _forward(one: etree._Element) -> None:
    following = one.getnext()
    if following is not None:
        following.addnext(one)


def _edits() -> st.SearchStrategy[tuple[str, str]]:
    return st.one_of(
        st.sampled_from((("remove", ""), ("repeat", ""), ("forward", ""), ("text between", ""), ("empty", ""))),
        st.tuples(st.just("value"), st.sampled_from(VALUES)),
        st.tuples(st.just("name"), st.sampled_from(NAMES)),
        st.tuples(st.just("space"), st.sampled_from(SPACES)),
        st.tuples(st.just("attribute"), st.sampled_from(("key", "niveau", "vocabulaire", "iets"))),
        st.tuples(st.just("no attribute"), st.sampled_from(("key", "niveau", "vocabulaire"))),
        st.tuples(st.just("insert"), st.sampled_from(NAMES)),
    )


def _do(one: etree._Element, what: str, how: str) -> None:
    simple: dict[str, Edit] = {"remove": _remove, "repeat": _repeat, "forward": _forward}
    if what in simple:
        simple[what](one)
    elif what == "value":
        one.text = how
    elif what == "text between":
        one.tail = "los"
    elif what == "empty":
        for child in list(one):
            one.remove(child)
        one.text = None
    elif what == "name":
        one.tag = f"{{{etree.QName(one).namespace}}}{how}" if etree.QName(one).namespace else how
    elif what == "space":
        one.tag = f"{{{how}}}{etree.QName(one).localname}" if how else etree.QName(one).localname
    elif what == "attribute":
        one.set(how, "1")
    elif what == "no attribute":
        one.attrib.pop(how, None)
    else:
        one.insert(0, etree.Element(f"{{{etree.QName(one).namespace}}}{how}"))


def _ours(text: bytes) -> list[str]:
    found = understood(io.BytesIO(text)).violations(strict=True)
    return [
        one.rule.id
        for one in found
        if (one.rule.stage is Stage.FIELDS and one.rule.id not in NOT_BY_SCHEMA) or one.rule.id in BY_SCHEMA
    ]


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    base=st.sampled_from(BASES),
    places=st.lists(st.tuples(st.integers(0, 200), _edits()), min_size=0, max_size=2),
)
def test_the_verdict_is_that_of_the_official_schemas(
    standards: Path, base: str, places: list[tuple[int, tuple[str, str]]]
) -> None:
    root = etree.fromstring(base.encode())
    for place, (what, how) in places:
        request = root[1][0]
        inside = [one for one in request.iter() if one is not request]
        if inside:
            _do(inside[place % len(inside)], what, how)
    text = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    official = errors(standards, content(text))
    assert bool(_ours(text)) == bool(official), (_ours(text), official)
