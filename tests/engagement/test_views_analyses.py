"""Managers see what goes together and what could have been seen; the DMC asks; nobody is shown a cause."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import boroughs
from accounts.models import Team, User
from engagement import analyses, charts_analysis, exposures, tasks, wording_analysis
from engagement.charts_analysis import Spread
from engagement.models import Analysis, ConfidenceFigure, Measure, SurveyFile
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
ROOM = Path(__file__).resolve().parents[2] / "engagement"
FORBIDDEN = re.compile(
    r"\bimpact|driven by|\bcause[sd]?\b|thanks to|\bno effect\b|turnaround|\b(up|down) \d+(\.\d+)?%|improv|declin|"
    r"\braise[sd]?\b|\blower(s|ed) \b|\brank|league",
    re.IGNORECASE,
)


@pytest.fixture
def world(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight Decembers of three measures; sixteen boroughs that began to post in 2018, the others never."""
    boroughs.ensure(now=now)
    drawn, file = random.Random(4), SurveyFile.objects.create(name="f", sha256="a" * 64, content=b"", imported_at=now)
    ConfidenceFigure.objects.bulk_create(
        ConfidenceFigure(
            measure=measure,
            team=team,
            wave=date(year, 12, 31),
            share=Decimal(f"{drawn.uniform(0.4, 0.5):.2f}"),
            file=file,
        )
        for measure in Measure.objects.filter(code__in=["informed", "relied-on", "trust"])
        for team in Team.objects.filter(kind=Team.Kind.BOROUGH)
        for year in range(2014, 2022)
    )
    codes = sorted(boroughs.BOROUGHS)
    posts = {
        (code, year): float(drawn.randint(20, 400)) if place % 2 and year >= 2018 else 0.0
        for place, code in enumerate(codes)
        for year in range(2014, 2022)
    }
    years = {key: exposures.Year(posts=int(count)) for key, count in posts.items()}
    monkeypatch.setattr(exposures, "sums", lambda month: years)
    monkeypatch.setattr(exposures, "by_year", lambda name, month: posts)


def settle() -> Analysis:
    """The clock's part, at once."""
    for pk in analyses.due(now=Analysis.objects.latest("pk").asked_at):
        tasks.answer(pk)
    return Analysis.objects.latest("pk")


def ask(client: Client, method: str) -> Analysis:
    client.post(reverse("engagement:analyses"), {"method": method, "outcome": "informed", "exposure": "posts"})
    return settle()


def words(answer: Any) -> str:
    main = re.sub(r"<(script|style|svg)\b.*?</\1>", "", answer.content.decode().split("<main", 1)[1], flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.mark.parametrize("method", ["panel", "launch"])
def test_what_could_have_been_seen_stands_before_the_estimate(
    method: str, world: None, cast: Cast, client_for: ClientFor
) -> None:
    sam = client_for(cast.sam)
    done = ask(sam, method)
    assert done.state == Analysis.State.DONE, done.result
    said = words(sam.get(reverse("engagement:analysis", args=[done.pk])))
    assert said.index("We could only have detected") < said.index("points")
    assert "It cannot tell why." in said
    assert "1 of 1 comparison." in said
    assert "about 400 interviews a borough" in said
    assert not FORBIDDEN.search(said), FORBIDDEN.search(said)
    table = sam.get(reverse("engagement:analysis_table", args=[done.pk])).content.decode()
    assert "The answer," in table
    assert done.code_version in table.replace('"', "")


def test_managers_compare_everything_at_once_with_the_number_of_tests(
    world: None, cast: Cast, client_for: ClientFor
) -> None:
    olu = client_for(cast.olu)
    assert "Nothing has been compared yet" in words(olu.get(reverse("engagement:analyses")))
    for _ in range(2):
        olu.post(reverse("engagement:ask_pairs"))
    assert Analysis.objects.count() == 1
    settle()
    said = words(olu.get(reverse("engagement:analyses") + "?measure=trust"))
    assert re.search(r"(None of|of) \d+ comparisons", said)
    assert "we could only have detected a correlation of about 0.49" in said
    assert "by Benjamini and Hochberg" in said
    assert "Ask over the years" not in said
    assert not FORBIDDEN.search(said), FORBIDDEN.search(said)


def test_a_refusal_is_shown_with_its_reason(cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    done = ask(sam, "launch")
    assert done.state == Analysis.State.REFUSED
    assert "This cannot be worked out." in words(sam.get(reverse("engagement:analysis", args=[done.pk])))


def test_an_answer_is_worked_out_again_from_its_page(world: None, cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    done = ask(sam, "panel")
    sam.post(reverse("engagement:ask_again", args=[done.pk]))
    again = settle()
    assert "Every digit is the same" in words(sam.get(reverse("engagement:analysis", args=[again.pk])))


def test_while_it_is_worked_out_the_page_says_so(world: None, cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    sam.post(reverse("engagement:analyses"), {"method": "panel", "outcome": "informed", "exposure": "posts"})
    waiting = Analysis.objects.get()
    answer = sam.get(reverse("engagement:analysis", args=[waiting.pk]))
    assert "This is being worked out" in words(answer)
    assert 'hx-trigger="every 1s"' in answer.content.decode()
    assert sam.get(reverse("engagement:analysis_table", args=[waiting.pk])).status_code == 404


def test_who_may_ask_and_who_may_look(world: None, cast: Cast, client_for: ClientFor) -> None:
    question = {"method": "panel", "outcome": "informed", "exposure": "posts"}
    assert client_for(cast.olu).post(reverse("engagement:analyses"), question).status_code == 403
    done = ask(client_for(cast.sam), "panel")
    assert client_for(cast.olu).get(reverse("engagement:analysis", args=[done.pk])).status_code == 200
    assert client_for(cast.olu).post(reverse("engagement:ask_again", args=[done.pk])).status_code == 403
    ada = client_for(cast.ada)
    for name in ("analyses", "analysis", "analysis_table"):
        arguments = [] if name == "analyses" else [done.pk]
        assert ada.get(reverse(f"engagement:{name}", args=arguments)).status_code == 404, name
    assert ada.post(reverse("engagement:ask_pairs")).status_code == 404


def test_a_nonsense_question_is_an_error_of_the_form(cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    for question in ({}, {"method": "pairs", "outcome": "informed", "exposure": "posts"}, {"method": "panel"}):
        assert sam.post(reverse("engagement:analyses"), question).status_code == 422
    assert not Analysis.objects.exists()


# ---- the wording bank ---------------------------------------------------------------------------


def result(method: str, estimate: float, p: float) -> dict[str, Any]:
    said = {
        "method": method,
        "n": 288,
        "estimate": estimate,
        "ci": [estimate - 1, estimate + 1],
        "p": p,
        "detectable": 2.0,
    }
    said |= {"comparisons": 12, "boroughs": 32, "treated": 12, "controls": 16}
    aside = {"p": 0.01, "estimate": 1, "ci": [0, 2]}
    more = {
        "panel": {"falsification": aside, "lead": aside, "leave_one_out": [["Brent", 0.1, -1.0, 1.2]]},
        "launch": {"pre_trend": {"f": 1.0, "p": p}, "placebo": {"draws": 1000, "p": 0.2}},
    }
    return said | more.get(method, {})


@pytest.mark.parametrize("method", ["association", "panel", "launch"])
@pytest.mark.parametrize("estimate", [0.4, -0.4, 3.0])
@pytest.mark.parametrize("p", [0.001, 0.6])
def test_no_sentence_of_the_bank_claims_a_cause(method: str, estimate: float, p: float) -> None:
    for sentence in wording_analysis.lines(result(method, estimate, p), outcome="Informed", exposure="Updates"):
        assert not FORBIDDEN.search(sentence), sentence


@pytest.mark.parametrize("path", [ROOM / "wording_analysis.py", ROOM / "analysis_view.py", ROOM / "tables_survey.py"])
def test_no_module_of_words_holds_a_forbidden_one(path: Path) -> None:
    assert not FORBIDDEN.search(path.read_text()), FORBIDDEN.search(path.read_text())


def test_a_warning_stands_where_something_shows_that_should_not() -> None:
    said = " ".join(wording_analysis.lines(result("panel", 3.0, 0.001)))
    assert "do not rely on this answer" in said
    assert "hangs on Brent" in said
    assert "moving apart before" in " ".join(wording_analysis.lines(result("launch", 3.0, 0.001)))


def test_a_drawing_has_one_scale_that_holds_every_interval_and_zero() -> None:
    spreads = [Spread("a", 1.5, 0.5, 2.5, True), Spread("b", -3.0, -7.2, 1.0)]
    wide, _, narrow = charts_analysis.forest(spreads)
    assert [mark.words for mark in wide.scale] == ["−8", "−6", "−4", "−2", "0", "2", "4"]
    assert all(wide.scale[0].x <= row.low < row.middle < row.high <= wide.scale[-1].x for row in wide.rows)
    assert wide.zero == wide.scale[4].x
    assert narrow.width == 340
    assert charts_analysis.forest([]) == []
