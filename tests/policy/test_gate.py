"""Layer 1: what a mentor should see, whatever the rules say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policy import gate
from policy.check import judge
from policy.content import ChannelText, Content, PictureFacts
from policy.gate import LONGEST, WEIGHTS
from policy.reading.passage import Passage
from policy.routing import Route, route_of
from tests.policy.drafts import CONTEXT, HERE, draft

POLICY = Path(gate.__file__).parent


def asked(text: str) -> gate.Answer:
    return gate.ask([Passage(text)])


@pytest.mark.parametrize(
    "text",
    [
        "He won't be troubling the good people of Rendlesham Road again for a while.",
        "Somebody's grandmother is in hospital tonight because of what two lads did for a handbag.",
        "We will be behind the garages on Thursday night, out of uniform, waiting.",
        "Only the one car on for all of us until morning.",
        "Shame that the government would rather buy statues than constables.",
    ],
)
def test_what_no_rule_names_is_seen(text: str) -> None:
    assert asked(text).hit


@pytest.mark.parametrize(
    "text",
    [
        "Bike marking outside the leisure centre on Wednesday from two until four. It is free.",
        "Please remember to lock your shed and keep ladders out of sight.",
        "Thank you to all who came to the ward panel. Your priorities are on our website.",
        "Could you be a special constable? Come to our open evening at the library.",
    ],
)
def test_a_ward_s_daily_news_is_not(text: str) -> None:
    assert not asked(text).hit


def test_ordinary_posts_are_rarely_routed() -> None:
    """Layers 1 and 2 together. One in four is the most that the DMC would bear."""
    posts = yaml.safe_load((HERE / "ordinary.yaml").read_text(encoding="utf-8"))
    routed = [post for post in posts if route_of(judge(draft(post, network="facebook"), CONTEXT)) is not Route.NONE]
    assert len(routed) <= 0.25 * len(posts), routed


def test_an_incident_inside_a_long_post_is_seen() -> None:
    news = "Bike marking is at the library on Saturday. Tea and cake afterwards. The panel meets on Monday. "
    incident = "A man was stabbed outside the chicken shop and his attacker is still being looked for. "
    assert not asked(news * 3).hit
    assert asked(news + incident + news).hit


def test_a_post_longer_than_it_reads_is_seen_by_somebody() -> None:
    assert asked("Good morning. " * LONGEST) == gate.Answer(True, 1.0)


def test_nothing_to_read_is_nothing_to_see() -> None:
    assert asked("") == asked("👏 !!") == gate.QUIET


@given(st.text(max_size=300))
def test_every_text_has_one_answer_between_none_and_sure(text: str) -> None:
    answer = asked(text)
    assert 0 <= answer.score <= 1
    assert answer == asked(text)


def test_what_a_template_says_by_itself_is_not_weighed() -> None:
    said = "A man has been arrested on suspicion of robbery and is in custody."
    whole = Content((ChannelText(1, "x", f"{said} Thank you."),))
    fixed = Content((ChannelText(1, "x", f"{said} Thank you.", fixed=((0, len(said)),)),), template="ACT")
    assert judge(whole, CONTEXT).layer1.hit
    assert not judge(fixed, CONTEXT).layer1.hit
    assert judge(fixed, replace(CONTEXT, templates=frozenset())).layer1.hit
    assert fixed.texts[0].free == "\n Thank you."


def test_a_picture_s_description_is_weighed_too() -> None:
    led_away = PictureFacts("one", "A man being led to a van in handcuffs")
    officers = PictureFacts("two", "Two officers talking to a shopkeeper on Well Street")
    assert judge(draft("Good morning", pictures=(officers,)), CONTEXT).layer1.hit is False
    assert judge(draft("Good morning", pictures=(officers, led_away)), CONTEXT).layer1.hit


def test_a_message_to_us_is_not_asked_about() -> None:
    content = Content((ChannelText(1, "x", "He was stabbed outside the shop"),), inbound=True)
    assert judge(content, CONTEXT).layer1 is gate.QUIET


def test_weights_are_those_of_the_corpus_and_of_what_reads_it() -> None:
    """Changed one of these? `manage.py train_gate` writes the weights anew, to the digit."""
    assert json.loads(WEIGHTS.read_text(encoding="utf-8"))["taught_from"] == gate.taught_from()
