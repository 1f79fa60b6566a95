"""A question is frozen with its data, worked out once, and worked out again to the digit."""

from __future__ import annotations

import io
import json
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts import boroughs
from accounts.models import AuditEntry, Team
from engagement import analyses, exposures, rollups, wording_analysis
from engagement.models import Analysis, ConfidenceFigure, Measure, Population, SurveyFile
from tests.conftest import Cast
from tests.engagement.conftest import Teller, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(cast: Cast, now: datetime) -> None:
    """Seven Decembers of two measures in all 32 boroughs, with a quarter in between that must not count."""
    boroughs.ensure(now=now)
    drawn, file = random.Random(1), SurveyFile.objects.create(name="f", sha256="a" * 64, content=b"", imported_at=now)
    waves = [date(year, 12, 31) for year in range(2014, 2021)] + [date(2020, 9, 30)]
    ConfidenceFigure.objects.bulk_create(
        ConfidenceFigure(
            measure=measure, team=team, wave=wave, share=Decimal(f"{drawn.uniform(0.3, 0.6):.2f}"), file=file
        )
        for measure in Measure.objects.filter(code__in=["informed", "relied-on"])
        for team in Team.objects.filter(kind=Team.Kind.BOROUGH)
        for wave in waves
    )


def invented(*, month: int = 12) -> dict[tuple[str, int], float | None]:
    drawn = random.Random(2)
    return {(code, year): drawn.randint(0, 400) for code in boroughs.BOROUGHS for year in range(2014, 2021)}


@pytest.fixture
def posts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exposures, "by_year", lambda name, month: invented())
    monkeypatch.setattr(
        exposures,
        "sums",
        lambda month: {key: exposures.Year(posts=int(n or 0)) for key, n in invented().items()},
    )


def ask(method: str, now: datetime, **settings: Any) -> Analysis:
    informed = Measure.objects.get(code="informed") if method != "pairs" else None
    asked = analyses.ask(
        method=method, outcome=informed, exposure="posts" if informed else "", settings=settings, by=None, now=now
    )
    analyses.work(analysis_id=asked.pk, now=now)
    asked.refresh_from_db()
    return asked


def test_the_panel_is_worked_out_and_kept_with_everything_it_hangs_on(survey: None, posts: None, now: datetime) -> None:
    done = ask("panel", now, draws=199)
    assert done.state == Analysis.State.DONE
    assert (done.result["n"], done.result["boroughs"], done.result["years"]) == (32 * 6, 32, 6)
    assert done.result["ci"][0] < done.result["estimate"] < done.result["ci"][1]
    assert done.result["falsification"]["p"] > 0
    assert len(done.result["leave_one_out"]) == 32
    assert done.data_version["files"] == ["a" * 64]
    assert "numpy" in done.code_version
    assert done.settings == {"seed": analyses.SEED, "draws": 199, "comparisons": 1}
    assert [e.action for e in AuditEntry.objects.filter(action__startswith="analysis")] == [
        "analysis.asked",
        "analysis.done",
    ]


@pytest.mark.parametrize("method", ["association", "panel", "launch", "pairs"])
def test_it_is_worked_out_again_to_the_digit(method: str, survey: None, posts: None, now: datetime) -> None:
    first = ask(method, now, draws=99, placebos=20)
    again = analyses.ask_again(analysis=first, by=None, now=now)
    ConfidenceFigure.objects.all().delete()
    analyses.work(analysis_id=again.pk, now=now)
    again.refresh_from_db()
    assert again.same is True
    assert json.dumps(again.result) == json.dumps(first.result)


def test_what_the_data_cannot_bear_is_kept_as_refused(survey: None, posts: None, now: datetime) -> None:
    refused = ask("launch", now)
    assert refused.state == Analysis.State.REFUSED
    assert "boroughs began" in refused.result["refused"]
    assert refused.result["estimate"] is None


def test_without_figures_every_method_refuses(cast: Cast, now: datetime) -> None:
    for method in ("association", "panel", "launch", "pairs"):
        assert ask(method, now).state == Analysis.State.REFUSED, method


def test_every_question_of_a_kind_counts_as_a_comparison(survey: None, posts: None, now: datetime) -> None:
    ask("panel", now, draws=99)
    other = Measure.objects.get(code="listen")
    second = analyses.ask(method="panel", outcome=other, exposure="posts", settings={}, by=None, now=now)
    assert second.settings["comparisons"] == 2


def test_a_worker_that_died_is_followed_by_another(survey: None, posts: None, now: datetime) -> None:
    asked = analyses.ask(
        method="association",
        outcome=Measure.objects.get(code="informed"),
        exposure="posts",
        settings={},
        by=None,
        now=now,
    )
    assert asked.claim(now=now, stale=now - analyses.STALE)
    assert analyses.due(now=now) == []
    assert analyses.work(analysis_id=asked.pk, now=now) is None
    later = now + timedelta(minutes=11)
    assert analyses.due(now=later) == [asked.pk]
    assert analyses.work(analysis_id=asked.pk, now=later) is not None


def test_published_figures_never_stand_beside_illustrative_ones(survey: None, now: datetime) -> None:
    file = SurveyFile.objects.get()
    team, trust = Team.objects.get(name="Barnet"), Measure.objects.get(code="trust")
    ConfidenceFigure.objects.create(
        measure=trust, team=team, wave=date(2026, 3, 31), share=1, file=file, illustrative=True
    )
    kept = analyses.figures()
    assert (kept.month, kept.illustrative) == (12, False)
    assert not [key for key in kept.shares if key[0] == "trust"]


# ---- exposures ----------------------------------------------------------------------------------


def test_a_borough_s_year_counts_its_wards_and_its_own_account(cast: Cast, tell: Teller, now: datetime) -> None:
    at = datetime(2025, 5, 4, 12, tzinfo=UTC)
    tell(cast.x, cast.page, at=at, said=[counted(replies=3, reactions=8), counted(replies=1, shares=2)])
    tell(cast.x, at=at + timedelta(days=1))
    tell(cast.x, at=datetime(2026, 1, 1, 12, tzinfo=UTC), said=[counted(replies=5)])
    tell(cast.kilburn_x, at=at)
    list(rollups.rebuild(now=now))
    Population.objects.create(team=cast.hackney, year=2024, people=200_000)
    found = {name: exposures.by_year(name, month=12) for name in exposures.EXPOSURES}
    hackney = cast.hackney.code
    assert found["posts"][hackney, 2025] == 2
    assert found["posts"][hackney, 2026] == 1
    assert found["posts_per_head"][hackney, 2025] == pytest.approx(0.1)
    assert found["replies"][hackney, 2025] == 4
    assert found["replies_per_post"][hackney, 2025] == 2  # of the two posts that anything is known of
    assert found["responses_per_post"][hackney, 2025] == 7
    assert found["alt_text_rate"][hackney, 2025] is None
    assert found["posts"][cast.brent.code, 2025] == 1
    assert found["posts"][cast.brent.code, 2026] == 0


def test_a_year_ends_with_the_month_of_the_survey() -> None:
    assert [exposures.year_of(day, 9) for day in (date(2025, 9, 30), date(2025, 10, 1))] == [2025, 2026]


def test_the_sums_take_three_queries_however_much_there_is(
    cast: Cast, tell: Teller, now: datetime, django_assert_num_queries: Any
) -> None:
    for day in range(6):
        tell(cast.x, at=now - timedelta(days=day), said=[counted(replies=1)])
    list(rollups.rebuild(now=now))
    with django_assert_num_queries(3):
        exposures.sums(month=12)


# ---- the commands -------------------------------------------------------------------------------


def run(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("analyse", *arguments, "--json", stdout=out, stderr=io.StringIO())
    (line,) = out.getvalue().splitlines()
    return dict(json.loads(line))


def test_the_command_prints_what_was_agreed(survey: None, posts: None) -> None:
    said = run("--outcome", "informed", "--exposure", "posts", "--draws", "99")
    assert {"n", "estimate", "ci", "p", "comparisons", "detectable"} <= said.keys()
    assert "refused" not in said
    again = run("--rerun", str(said["id"]))
    assert again["same"] is True
    assert (again["estimate"], again["ci"], again["wild"]) == (said["estimate"], said["ci"], said["wild"])


def test_a_plain_table_needs_no_figures_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    drawn = random.Random(3)
    lines = [f"b{b},{2010 + y},{drawn.gauss(50, 5)},{drawn.randint(1, 90)}" for b in range(12) for y in range(6)]
    path.write_text("\ufeffBorough,Year,Outcome,Exposure\n" + "\n".join(lines))
    said = run("--csv", str(path), "--draws", "99")
    assert (said["n"], said["boroughs"]) == (60, 12)
    assert not Analysis.objects.exists()
    association = run("--csv", str(path), "--method", "association")
    assert (association["n"], association["year"]) == (12, 2015)
    out = io.StringIO()
    call_command("analyse", "--csv", str(path), "--draws", "99", stdout=out)
    assert out.getvalue().startswith("We could only have detected")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n1,2\n", "no column borough"),
        ("borough,year,outcome,exposure\nx,2015,much,2\n", "Line 2 cannot be read"),
        ("borough,year,outcome,exposure\nx,2015,1,2\nx,2015,1,2\n", "2015 twice"),
        ("borough,year,outcome,exposure\nx,2015,inf,2\n", "finite"),
    ],
)
def test_a_table_that_is_none_is_refused_in_words(text: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text)
    with pytest.raises(CommandError, match=why):
        run("--csv", str(path))


@pytest.mark.parametrize("arguments", [["--outcome", "happiness"], ["--outcome", "informed", "--exposure", "x"]])
def test_unknown_names_are_answered_with_the_known_ones(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match=r"informed|posts_per_head"):
        run(*arguments)


def test_populations_come_from_a_published_file(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "Code,Name,Year,Source,Population,Area\nE09000012,Hackney,2024,ONS,260000,1\nE12000007,London,2024,ONS,9,1\n"
    )
    for _ in range(2):
        call_command("import_population", str(path), stdout=io.StringIO())
    assert list(Population.objects.values_list("team__name", "year", "people")) == [("Hackney", 2024, 260_000)]


def test_every_sentence_of_an_answer_starts_with_what_could_have_been_seen(
    survey: None, posts: None, now: datetime
) -> None:
    for method in ("association", "panel"):
        said = wording_analysis.lines(ask(method, now, draws=99).result, outcome="Informed", exposure="Updates")
        assert "could only have detected" in said[0]
        assert said[-1] == "This tells whether two things went together. It cannot tell why."
