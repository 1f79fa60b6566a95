from __future__ import annotations

from datetime import timedelta

import pytest
from django.template import Context, Template

from accounts.models import Channel, User
from posts.models import Post, Version
from publishing.models import Delivery
from smconsole import glossary, icons, previews
from tests.conftest import MONDAY

X = Channel(network="x", handle="MPSHomerton", name="Homerton Police", state="live")
PAGE = Channel(network="facebook", handle="MPSHomerton", name="Homerton Police", state="broken")
TEXT = "Come to https://www.example.org/a/very/long/way/to/the/hall on Friday #Homerton @hackneycouncil"


def render(source: str, **context: object) -> str:
    return Template("{% load console %}" + source).render(Context(context))


@pytest.mark.parametrize("model", [Post, Delivery, Channel])
def test_every_state_has_a_word_a_colour_and_a_shape(model: type) -> None:
    for state in model.State.values:
        sign = glossary.sign_of(model(state=state))
        assert sign.words and sign.shape in icons.PATHS
        assert f"console-tag--{sign.colour}" in render("{% state_tag row %}", row=model(state=state))


def test_no_two_colours_mean_the_same_word() -> None:
    colours: dict[str, set[str]] = {}
    for sign in glossary.GLOSSARY.values():
        colours.setdefault(sign.words, set()).add(sign.colour)
    assert all(len(shades) == 1 for shades in colours.values())


def test_a_moment_carries_its_exact_instant() -> None:
    said = render("{{ moment|when:now }}", moment=MONDAY + timedelta(minutes=20), now=MONDAY)
    assert said == (
        '<time datetime="2026-03-02T10:20:00+00:00" title="Monday 2 March 2026 at 10:20:00 GMT">'
        "today 10:20 (in 20 minutes)</time>"
    )


def test_a_moment_that_is_not_there_is_nothing() -> None:
    assert render("{{ moment|when }}{{ moment|clock }}{{ moment|age }}", moment=None) == ""


def test_what_is_not_known_is_not_zero() -> None:
    assert "not known yet" in render("{{ number|count }}", number=None)
    assert render("{{ number|count }}", number=0) == "0"
    assert render("{{ number|count }}", number=1234567) == "1,234,567"


def test_a_network_is_named_in_words() -> None:
    assert "Facebook" in render("{% network_mark channel %}", channel=PAGE)


def test_a_preview_says_that_it_is_one_and_a_live_post_does_not() -> None:
    assert "Preview" in render("{% preview channel text %}", channel=X, text=TEXT)
    assert "Preview" not in render("{% preview channel text live=True %}", channel=X, text=TEXT)


def test_a_preview_never_lets_words_become_markup() -> None:
    shown = render("{% preview channel text %}", channel=X, text="<script>alert(1)</script> & more")
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_x_shortens_a_link_and_facebook_does_not() -> None:
    assert "example.org/a/very/long/way…" in render("{% preview channel text %}", channel=X, text=TEXT)
    assert "https://www.example.org/a/very/long/way/to/the/hall" in render(
        "{% preview channel text %}", channel=PAGE, text=TEXT
    )


def test_pieces_put_together_are_the_text() -> None:
    assert "".join(piece.text for piece in previews.pieces(TEXT, "facebook", [(8, 12, "why"), (10, 30, "too")])) == TEXT


def test_links_mentions_and_hashtags_stand_out() -> None:
    kinds = {piece.text: piece.kind for piece in previews.pieces(TEXT, "facebook")}
    assert kinds["#Homerton"] == kinds["@hackneycouncil"] == "name"
    assert kinds["https://www.example.org/a/very/long/way/to/the/hall"] == "link"


def test_an_e_mail_address_is_not_a_mention() -> None:
    assert all(piece.kind != "name" for piece in previews.pieces("write to team@met.example", "x"))


def test_a_finding_is_marked_where_it_is() -> None:
    shown = render("{% preview channel text marks=marks %}", channel=X, text="He is guilty", marks=[(6, 12, "Not yet")])
    assert '<mark title="Not yet">guilty</mark>' in shown


def test_a_picture_takes_the_place_of_the_link_card() -> None:
    assert previews.card(TEXT, has_pictures=False) == "example.org"
    assert previews.card(TEXT, has_pictures=True) == ""


def test_a_picture_without_alt_text_says_so() -> None:
    pictures = [{"url": "/one", "alt": "A bicycle"}, {"url": "/two", "alt": ""}]
    shown = render("{% preview channel text pictures %}", channel=X, text="Look", pictures=pictures)
    assert shown.count("No alt text yet") == 1 and 'alt="A bicycle"' in shown


def test_a_line_shows_the_first_text_that_says_anything() -> None:
    assert render("{{ version|words }}", version=Version(texts={"1": " ", "2": "Hello"})) == "Hello"
    assert render("{{ version|words }}", version=None) == "No words yet"


def test_initials_come_from_the_name_and_else_from_the_login() -> None:
    assert render("{{ user|initials }}", user=User(first_name="Ada", last_name="Okafor")) == "AO"
    assert render("{{ user|initials }}", user=User(username="ada")) == "A"
