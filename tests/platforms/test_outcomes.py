"""Every row of the two error tables, over a real socket: what the house is told, and never more than it knows."""

from __future__ import annotations

import json
import socket
import threading
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from platforms import session
from platforms.base import Outgoing, Picture
from platforms.errors import Doubtful, LoginExpired, PlatformError, Refused, Throttled, Unreachable
from platforms.facebook import Facebook
from platforms.x import X
from tests.platforms.wire import CLOSE, HANG, RESET, Answer, Wire

SINCE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
RESET_AT = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
POST = Outgoing("Drop-in at the library, 6pm Thursday.")
DATE = "Fri, 20 Nov 2026 09:00:00 GMT"
PROBLEMS = "https://api.twitter.com/2/problems/"

# Rows that are the same for both networks: (answer, class for a write, class for a read).
NO_TRUSTWORTHY_ANSWER = {
    "reset after the request": Answer(fault=RESET),
    "closed without an answer": Answer(fault=CLOSE),
    "no answer in time": Answer(fault=HANG),
    "half an answer": Answer(201, {"data": {"id": "1"}, "id": "1"}, cut=True),
    "2xx that is no JSON": Answer(201, "<html>fine"),
    "2xx without a body": Answer(200, ""),
    "2xx without an id": Answer(201, {"data": {"text": "x"}}),
    "2xx with an id of null": Answer(201, {"data": {"id": None}, "id": None}),
    "2xx with a list": Answer(201, [1, 2]),
    "2xx with null": Answer(201, "null"),
    "2xx with bottomless JSON": Answer(201, "[" * 100_000),
    "500 with an empty object": Answer(500, {}),
    "503 with some object": Answer(503, {"something": 1}),
    "502 with HTML": Answer(502, "<html>Bad gateway</html>", kind="text/html"),
    "504 without a content type": Answer(504, "", kind=None),
    "408": Answer(408, ""),
    "302": Answer(302, "", {"location": "https://example.com/"}),
    "500 with a list of errors": Answer(500, [{"errors": None}]),
}

X_ROWS: dict[str, tuple[Answer, type[PlatformError], str]] = {
    "400": (
        Answer(400, {"errors": [{"message": "no"}], "type": PROBLEMS + "invalid-request"}),
        Refused,
        "invalid-request",
    ),
    "401": (Answer(401, {"title": "Unauthorized", "type": "about:blank"}), LoginExpired, "401"),
    "402": (Answer(402, {"title": "CreditsDepleted", "type": PROBLEMS + "credits"}), Throttled, "credits"),
    "403 suspended": (Answer(403, {"type": PROBLEMS + "user-suspended"}), Refused, "user-suspended"),
    "403 read only": (Answer(403, {"type": PROBLEMS + "oauth1-permissions"}), LoginExpired, "oauth1-permissions"),
    "403 app": (Answer(403, {"type": PROBLEMS + "client-forbidden"}), Refused, "client-forbidden"),
    "403 login kind": (
        Answer(403, {"type": PROBLEMS + "unsupported-authentication"}),
        Refused,
        "unsupported-authentication",
    ),
    "403 other": (Answer(403, {"detail": "You are not permitted to perform this action."}), Refused, "403"),
    "403 as a list": (Answer(403, [{"code": 326, "message": "locked"}]), Refused, "326"),
    "403 errors null": (Answer(403, {"errors": None, "detail": "no"}), Refused, "403"),
    "403 error of an odd kind": (Answer(403, {"errors": "no", "error": {"a": 1}}), Refused, "403"),
    "403 HTML": (Answer(403, "<html>no", kind="text/html"), Refused, "403"),
    "404": (Answer(404, {"title": "Not Found"}), Refused, "404"),
    "410": (Answer(410, {"errors": [{"code": 251, "message": "retired"}]}), Refused, "251"),
    "429": (Answer(429, {"errors": [{"code": 88}]}), Throttled, "429"),
    "429 HTML": (Answer(429, "slow down", kind="text/html"), Throttled, "429"),
    "429 with a bad reset": (Answer(429, {}, {"x-rate-limit-reset": "soon"}), Throttled, "429"),
    "429 capped": (Answer(429, {"type": PROBLEMS + "usage-capped"}), Throttled, "usage-capped"),
}


def graph(code: int, subcode: int | None = None, status: int = 400, message: str = "no", **more: Any) -> Answer:
    error = {"message": message, "type": "OAuthException", "code": code, **more}
    return Answer(status, {"error": error if subcode is None else error | {"error_subcode": subcode}})


FACEBOOK_ROWS: dict[str, tuple[Answer, type[PlatformError], str]] = {
    **{f"190/{sub}": (graph(190, sub, 401), LoginExpired, f"190/{sub}") for sub in (458, 459, 460, 463, 464, 467)},
    "190 with 500": (graph(190, status=500), LoginExpired, "190"),
    "102": (graph(102), LoginExpired, "102"),
    "3": (graph(3), LoginExpired, "3"),
    "10": (graph(10, status=403), LoginExpired, "10"),
    "200": (graph(200, status=403), LoginExpired, "200"),
    "299": (graph(299, status=403), LoginExpired, "299"),
    **{str(code): (graph(code), Throttled, str(code)) for code in (4, 17, 32, 341, 613, 80001)},
    "posting too fast": (graph(368, 1390008), Throttled, "368/1390008"),
    "506": (graph(506, 1455006), Refused, "506/1455006"),
    "368": (graph(368), Refused, "368"),
    "100": (graph(100), Refused, "100"),
    "100 with 500": (graph(100, status=500), Refused, "100"),
    "photos again": (graph(100, 1366051), Refused, "100/1366051"),
    "photo too large": (graph(100, 1366046), Refused, "100/1366046"),
    "abusive": (graph(368, 1346003), Refused, "368/1346003"),
    "publishing authorisation": (graph(200, 1404078), Refused, "200/1404078"),
    "limited account": (graph(368, 1404112), Refused, "368/1404112"),
    "confirm identity": (graph(10, 4854002), Refused, "10/4854002"),
    "link cannot be opened": (graph(1609005), Refused, "1609005"),
    "an unknown code": (graph(4711), Refused, "4711"),
    "code that is no number": (graph("x"), Refused, "0"),  # type: ignore[arg-type]
    "401 without an error": (Answer(401, ""), LoginExpired, "401"),
    "403 HTML": (Answer(403, "<html>no", kind="text/html"), Refused, "403"),
    "429 without an error": (Answer(429, {}), Throttled, "429"),
}

FACEBOOK_MAYBE = {
    "1": graph(1, status=500),
    "2": graph(2, status=500),
    "2 with 400": graph(2, 1363030, 400),
    "temporary": graph(1363047),
    "temporary subcode": graph(100, 1609010),
    "transient unknown": graph(4711, is_transient=True),
    "unknown with 500": graph(4711, status=500),
}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "WRITE_TIMEOUT", (3, 0.2))
    monkeypatch.setattr(session, "READ_TIMEOUT", (3, 0.2))


def failure(call: Callable[[], object]) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        call()
    return caught.value


@pytest.mark.parametrize("row", NO_TRUSTWORTHY_ANSWER)
def test_a_post_without_a_trustworthy_answer_is_doubtful_on_x(wire: Wire, x: X, row: str) -> None:
    wire.say(NO_TRUSTWORTHY_ANSWER[row])
    assert type(failure(lambda: x.publish(POST))) is Doubtful
    assert len(wire.heard) == 1, "a write is never sent twice"


@pytest.mark.parametrize("row", [*NO_TRUSTWORTHY_ANSWER, *FACEBOOK_MAYBE])
def test_a_post_without_a_trustworthy_answer_is_doubtful_on_facebook(wire: Wire, page: Facebook, row: str) -> None:
    wire.say((NO_TRUSTWORTHY_ANSWER | FACEBOOK_MAYBE)[row])
    assert type(failure(lambda: page.publish(POST))) is Doubtful
    assert len(wire.heard) == 1, "a write is never sent twice"


@pytest.mark.parametrize("row", NO_TRUSTWORTHY_ANSWER)
def test_a_look_without_a_trustworthy_answer_is_only_unreachable_on_x(wire: Wire, x: X, row: str) -> None:
    wire.say(NO_TRUSTWORTHY_ANSWER[row])
    assert type(failure(lambda: x.find(since=SINCE))) is Unreachable


@pytest.mark.parametrize("row", [*NO_TRUSTWORTHY_ANSWER, *FACEBOOK_MAYBE])
def test_a_look_without_a_trustworthy_answer_is_only_unreachable_on_facebook(
    wire: Wire, page: Facebook, row: str
) -> None:
    wire.say((NO_TRUSTWORTHY_ANSWER | FACEBOOK_MAYBE)[row])
    assert type(failure(lambda: page.find(since=SINCE))) is Unreachable


@pytest.mark.parametrize("fault", [RESET, CLOSE, HANG])
def test_a_picture_may_simply_be_staged_again(wire: Wire, x: X, page: Facebook, fault: str) -> None:
    picture = Picture(b"\x89PNG", "image/png", "A door", "door.png")
    wire.say(Answer(fault=fault), Answer(fault=fault))
    assert type(failure(lambda: x.stage(picture))) is Unreachable
    assert type(failure(lambda: page.stage(picture))) is Unreachable


@pytest.mark.parametrize("row", X_ROWS)
def test_what_x_refuses_is_named(wire: Wire, x: X, row: str) -> None:
    answer, expected, code = X_ROWS[row]
    wire.say(answer, answer)
    for call in (lambda: x.publish(POST), lambda: x.find(since=SINCE)):
        said = failure(call)
        assert (type(said), said.code, said.status) == (expected, code, answer.status)


@pytest.mark.parametrize("row", FACEBOOK_ROWS)
def test_what_facebook_refuses_is_named(wire: Wire, page: Facebook, row: str) -> None:
    answer, expected, code = FACEBOOK_ROWS[row]
    wire.say(answer, answer)
    for call in (lambda: page.publish(POST), lambda: page.find(since=SINCE)):
        said = failure(call)
        assert (type(said), said.code, said.status) == (expected, code, answer.status)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(403, {"detail": "You are not allowed to create a Tweet with duplicate content.", "type": "about:blank"}),
        Answer(403, [{"message": "duplicate content"}]),
    ],
)
def test_x_saying_duplicate_is_evidence(wire: Wire, x: X, answer: Answer) -> None:
    wire.say(answer)
    said = failure(lambda: x.publish(POST))
    assert isinstance(said, Refused)
    assert said.duplicate


@pytest.mark.parametrize(
    "answer",
    [graph(506), graph(100, 1366051), graph(368, message="You've already posted this. Please wait")],
)
def test_facebook_saying_duplicate_is_evidence(wire: Wire, page: Facebook, answer: Answer) -> None:
    wire.say(answer)
    said = failure(lambda: page.publish(POST))
    assert isinstance(said, Refused)
    assert said.duplicate


def throttled(call: Callable[[], object]) -> Throttled:
    said = failure(call)
    assert isinstance(said, Throttled)
    return said


def test_x_says_when_to_come_back(wire: Wire, x: X) -> None:
    reset = str(int(RESET_AT.timestamp()))
    wire.say(Answer(429, {}, {"x-rate-limit-reset": reset}), Answer(429, {}))
    assert throttled(lambda: x.publish(POST)).retry_at == RESET_AT
    assert throttled(lambda: x.publish(POST)).retry_at is None


@pytest.mark.parametrize(
    ("answer", "everyone"),
    [
        (X_ROWS["402"][0], True),
        (X_ROWS["429 capped"][0], True),
        (Answer(429, {"title": "UsageCapExceeded", "detail": "Usage cap exceeded: Monthly product cap"}), True),
        (Answer(429, {}, {"x-app-limit-24hour-remaining": "0", "x-app-limit-24hour-reset": "1795425300"}), True),
        (Answer(429, {}, {"x-user-limit-24hour-remaining": "0"}), False),
        (X_ROWS["429"][0], False),
    ],
)
def test_what_is_used_up_for_all_pauses_everyone(wire: Wire, x: X, answer: Answer, everyone: bool) -> None:
    wire.say(answer)
    assert throttled(lambda: x.publish(POST)).everyone is everyone


def test_facebook_says_how_many_minutes_to_wait(wire: Wire, page: Facebook) -> None:
    usage = '{"615":[{"type":"pages","call_count":107,"estimated_time_to_regain_access":15}]}'
    answer = replace(graph(80001), headers={"x-business-use-case-usage": usage, "date": DATE})
    wire.say(answer, replace(answer, headers={"x-business-use-case-usage": "broken"}))
    assert throttled(lambda: page.publish(POST)).retry_at == RESET_AT
    assert throttled(lambda: page.publish(POST)).retry_at is None


@pytest.mark.parametrize("network", ["x", "facebook"])
def test_nothing_was_sent_where_nobody_listens(wire: Wire, network: str, request: pytest.FixtureRequest) -> None:
    voice = request.getfixturevalue("x" if network == "x" else "page")
    wire.close()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    voice_session = voice.client.session if network == "x" else voice.graph.session
    voice_session.routes = {known: f"http://127.0.0.1:{port}" for known in voice_session.routes}
    assert type(failure(lambda: voice.publish(POST))) is Unreachable


def test_a_name_that_does_not_resolve_is_unreachable(x: X) -> None:
    x.client.session.routes = {known: "http://nowhere.invalid" for known in x.client.session.routes}
    assert type(failure(lambda: x.publish(POST))) is Unreachable


def test_plain_speech_where_tls_is_expected_is_unreachable(x: X) -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def speak_plainly() -> None:
            connection, _ = plain.accept()
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.recv(65536)
            connection.close()

        threading.Thread(target=speak_plainly, daemon=True).start()
        base = f"https://127.0.0.1:{plain.getsockname()[1]}"
        x.client.session.routes = {known: base for known in x.client.session.routes}
        assert type(failure(lambda: x.publish(POST))) is Unreachable


def test_an_earlier_failure_does_not_make_a_doubtful_one_harmless(wire: Wire, x: X) -> None:
    wire.say(Answer(fault=RESET))
    try:
        raise socket.gaierror("an earlier call that never left")
    except OSError:
        said = failure(lambda: x.publish(POST))
    assert type(said) is Doubtful


def test_a_failure_shows_no_secret(wire: Wire, page: Facebook) -> None:
    wire.say(graph(100, message="Invalid value access_token=sbx_page"), Answer(fault=CLOSE))
    for _ in range(2):
        said = failure(lambda: page.find(since=SINCE))
        shown = "".join(traceback.format_exception(said))
        assert "sbx_page" not in shown
        assert said.__context__ is None


def test_our_own_mistakes_are_not_called_the_networks(x: X) -> None:
    x.client.session = None  # a bug, not an answer
    with pytest.raises(AttributeError):
        x.publish(POST)


def test_the_limits_in_the_headers_of_x_are_read(wire: Wire, x: X) -> None:
    headers = {
        "x-rate-limit-remaining": "3",
        "x-rate-limit-reset": "1795425300",
        "x-app-limit-24hour-remaining": "9000",
        "x-app-limit-24hour-reset": "1795500000",
    }
    wire.say(Answer(201, {"data": {"id": "77", "text": "a"}}, headers))
    assert x.limits() == ()
    x.publish(POST)
    told = [(limit.left, int(limit.resets_at.timestamp()), limit.everyone) for limit in x.limits()]
    assert told == [(3, 1795425300, False), (9000, 1795500000, True)]


def test_the_shares_in_the_headers_of_facebook_are_read(wire: Wire, page: Facebook) -> None:
    usage = {"615": [{"type": "pages", "call_count": 86, "total_time": 2, "estimated_time_to_regain_access": 0}]}
    headers = {
        "x-business-use-case-usage": json.dumps(usage),
        "x-app-usage": json.dumps({"call_count": 95, "total_time": 1, "total_cputime": 1}),
        "date": "Fri, 20 Nov 2026 09:00:00 GMT",
    }
    wire.say(Answer(200, {"id": "615_1"}, headers))
    page.publish(POST)
    assert [(limit.left, limit.everyone) for limit in page.limits()] == [(4, False), (0, True)]
