"""One-tap mends: what they offer, that they lie on the text, and that taking them all comes to an end."""

from __future__ import annotations

import pytest

from policy import casebook
from policy.casebook import Case
from policy.check import findings
from policy.content import Content, Finding
from policy.rules import mending
from tests.policy.drafts import CONTEXT, draft
from tests.policy.test_check import mend

MENDED = sorted(mending._MENDERS)


def found_by(rule: str, text: str) -> list[Finding]:
    return [found for found in findings(draft(text, network="facebook"), CONTEXT) if found.rule == rule]


def mended(rule: str, text: str) -> str:
    found = next(found for found in found_by(rule, text) if found.fix)
    return found.fix.mend(found.fix.span.channel, text) if found.fix else text


@pytest.mark.parametrize(
    ("rule", "text", "better"),
    [
        ("CAPS", "STREET SURGERY THIS THURSDAY AT THE LIBRARY", "Street surgery this Thursday at the library"),
        ("CAPS", "COME AND MEET PC SMITH FROM THE SNT", "Come and meet PC Smith from the SNT"),
        ("GUILT", "Burglar caught on Mare Street, well done all",
         "Person arrested on suspicion of burglary on Mare Street, well done all"),
        ("TAGPERSON", "Arrested tonight, see you in court @kyle_b99", "Arrested tonight, see you in court"),
        ("TAGPERSON", "@mikey_e8 was arrested tonight", "was arrested tonight"),
        ("NAMESUS", "We arrested Darren Whitlock on suspicion of burglary this morning",
         "We arrested a person on suspicion of burglary this morning"),
        ("VICTIMNAME", "Mrs Okafor was robbed outside the post office", "A woman was robbed outside the post office"),
        ("JIGSAW", "A man from Elderfield Road has been arrested", "A man has been arrested"),
        ("IMMIG", "An illegal immigrant was arrested on Mare Street", "A person was arrested on Mare Street"),
        ("ETHNAT", "Suspect described as a black male in his 20s", "Suspect described as a male in his 20s"),
        ("FOUNDDETAIL", "Jade Morrow has been found safe and well",
         "The person we appealed about has been found. Thank you for sharing."),
        ("SLUR", "Another scumbag in the cells", "Another person in the cells"),
        ("MOCK", "He cried for his mum all the way to the cells 😆", "He cried for his mum all the way to the cells"),
        ("PROMISE", "We will catch whoever did this", "We are working to catch whoever did this"),
        ("COURTVIEW", "Four years inside for the gang leader. About time a court took this seriously",
         "Four years inside for the gang leader."),
        ("EVIDENCE", "Caught red handed! One under arrest", "Caught! One under arrest"),
    ],
)  # fmt: skip
def test_mend_keeps_the_officer_s_voice(rule: str, text: str, better: str) -> None:
    assert mended(rule, text) == better


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("GUILT", "BIKE THIEF ARRESTED ON MARE STREET"),
        ("NAMESUS", "WANTED: LEROY HINDS"),
        ("BADCHAR", "The man arrested last night is well known to us"),
        ("SLUR", "Some absolute moron has chucked a mattress in the canal again"),
    ],
)
def test_nothing_is_offered_where_the_rest_would_not_read(rule: str, text: str) -> None:
    assert [found.fix for found in found_by(rule, text)] == [None] * len(found_by(rule, text))


def test_absolute_rules_offer_nothing() -> None:
    assert not set(MENDED) & {"SEXID", "YOUTHID", "MARKING", "MONITOR", "FUTUREOP", "LIVEOP", "TACTIC"}


@pytest.mark.parametrize("rule", MENDED)
def test_taking_every_mend_comes_to_an_end_and_each_lies_on_the_text(rule: str) -> None:
    for case in casebook.of_rule(rule, casebook.cases()):
        if case.fires:
            _take_all(case)


def _take_all(case: Case) -> None:
    content, context = casebook.read(case)
    for _ in range(25):
        offered = [found for found in findings(content, context) if found.fix]
        if not offered:
            return
        _lies_on_the_text(content, offered)
        before, content = content, mend(content, offered[0])
        assert content != before, case.text
    left = [(found.rule, found.fix) for found in findings(content, context) if found.fix]
    raise AssertionError((case.text, content.texts[0].text, left))


def _lies_on_the_text(content: Content, offered: list[Finding]) -> None:
    said = {text.channel: text.text for text in content.texts}
    for found in offered:
        assert found.fix is not None
        for span in (found.fix.span, *found.fix.also):
            assert said[span.channel][span.start : span.end] == span.words


@pytest.mark.parametrize("rule", ["CAPS", "TAGPERSON", "GUILT", "IMMIG", "FOUNDDETAIL", "NOROUTE", "VICTIMNAME"])
def test_made_mend_takes_its_finding_away(rule: str) -> None:
    for case in casebook.of_rule(rule, casebook.cases()):
        content, context = casebook.read(case)
        for found in findings(content, context) if case.fires else ():
            if found.rule == rule and found.fix is not None:
                left = [one for one in findings(mend(content, found), context) if one.rule == rule]
                assert _places(found) not in map(_places, left), (case.text, found.fix)


def _places(found: Finding) -> tuple[object, ...]:
    return tuple(span.words for span in found.spans), found.message


def test_day_is_the_one_the_author_means_now() -> None:
    (said,) = (found for found in _hereafter("See you tomorrow at ten") if found.rule == "RELTIME")
    assert said.fix is not None
    assert said.fix.replacement == "on Tuesday 3 March"


def _hereafter(text: str) -> tuple[Finding, ...]:
    content, context = casebook.situation(text, {"scheduled_hours": 72})
    return findings(content, context)
