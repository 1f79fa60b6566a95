"""check_post and check_posts: the policy asked from outside. Without a channel there is no database to ask."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from policy import casebook
from tests.conftest import Cast
from tests.policy.drafts import rules_that_fire


def type_in(monkeypatch: pytest.MonkeyPatch, words: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(words)))


def ask(monkeypatch: pytest.MonkeyPatch, *lines: Any) -> tuple[list[dict[str, Any]], int]:
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    type_in(monkeypatch, b"\n".join(written))
    out, status = io.StringIO(), 0
    try:
        call_command("check_posts", "--jsonl", stdout=out)
    except SystemExit as stop:
        status = int(str(stop.code))
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_each_line_is_answered_with_findings_layer_1_and_a_route(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Burglar caught on Mare Street by PC Khan, and he is in the cells tonight"
    (caught, surgery), status = ask(monkeypatch, {"text": text}, {"text": "Street surgery on Saturday at the library"})
    assert status == 0
    assert set(caught) == {"findings", "layer1", "route"}
    assert set(caught["findings"][0]) == {"rule", "severity", "start", "end", "message"}
    assert {text[found["start"] : found["end"]] for found in caught["findings"]} >= {"Burglar", "caught"}
    assert (caught["layer1"], caught["route"]) == (True, "blocked")
    assert surgery == {"findings": [], "layer1": False, "route": "none"}


def test_cases_are_judged_as_the_suite_judges_them(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = casebook.cases()[::7]
    answers, _ = ask(
        monkeypatch, *({"text": case.text, "ctx": dict(case.ctx), "inbound": case.inbound} for case in cases)
    )
    found = [{finding["rule"] for finding in answer["findings"]} for answer in answers]
    assert found == [rules_that_fire(case) for case in cases]


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense", b"", b"\xff", b"[1]", b"[" * 100_000, {}, {"text": 1}, {"text": "a", "txt": "b"},
        {"text": "a", "platform": "myspace"}, {"text": "a", "at": "yesterday"}, {"text": "a", "inbound": "no"},
        {"text": "a", "ctx": []}, {"text": "a", "ctx": {"bogus": 1}}, {"text": "a", "ctx": {"times": "b"}},
        {"text": "a", "ctx": {"times": 10**9}}, {"text": "a", "ctx": {"handles": "b"}},
        {"text": "a", "ctx": {"live_case": "yes"}}, {"text": "a", "ctx": {"scheduled_hours": 1e300}},
        {"text": "a", "channel": 4},
    ],
    ids=lambda line: str(line)[:30],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_answered_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, line: Any
) -> None:
    (wrong, right), status = ask(monkeypatch, line, {"text": "Good morning"})
    assert set(wrong) == {"error"}
    assert right["findings"] == []
    assert status == 1


def test_the_moment_and_the_network_are_the_line_s(monkeypatch: pytest.MonkeyPatch) -> None:
    weekday = {"text": "Surgery Sat 13 March"}
    then = {**weekday, "at": "2027-03-01T09:00:00"}
    long = {"text": "a" * 281}
    answers, _ = ask(monkeypatch, weekday, then, long, {**long, "platform": "facebook"})
    assert [[found["rule"] for found in answer["findings"]] for answer in answers] == [["DATE"], [], ["LENGTH"], []]


@pytest.mark.django_db
def test_a_channel_brings_its_own_registers(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    said = "With thanks to @MPSKilburnBrent and @MPSKingsPark"
    (world, ours, nobody), status = ask(
        monkeypatch,
        {"text": said},
        {"text": said, "channel": "mpskilburnbrent"},
        {"text": said, "channel": "MPSNowhere"},
    )
    assert [said[found["start"] : found["end"]] for found in world["findings"]] == ["@MPSKilburnBrent"]
    assert [said[found["start"] : found["end"]] for found in ours["findings"]] == ["@MPSKingsPark"]
    assert "MPSNowhere" in nobody["error"]
    assert status == 1


@pytest.mark.django_db
def test_one_text_is_judged_for_one_channel(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    type_in(monkeypatch, b"Burglar caught\n")
    out = io.StringIO()
    call_command("check_post", "--channel", "MPSKilburnBrent", "--json", "--at", "2026-05-04T09:00:00Z", stdout=out)
    said = json.loads(out.getvalue())
    assert said["route"] == "blocked"
    type_in(monkeypatch, b"Burglar caught\n")
    out = io.StringIO()
    call_command("check_post", "--channel", "@MPSKilburnBrent", stdout=out)
    assert "BLOCK GUILT" in out.getvalue()
    assert "must change" in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [("--channel", "MPSNowhere"), ("--channel", "MPSNowhere", "--at", "noon")])
def test_a_channel_or_moment_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    type_in(monkeypatch, b"Good morning")
    with pytest.raises(CommandError):
        call_command("check_post", *arguments)
