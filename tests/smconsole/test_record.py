"""The record of an update: whole, in order, for those who may; and a file of it in which no byte can be changed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts import audit, rights, sealing
from accounts.models import AuditEntry, User
from posts import pictures
from posts.models import Media, Post
from publishing import takedown
from publishing.models import Delivery
from smconsole.demonstration.pictures import draw
from smconsole.record import about, container, export, signing
from tests.conftest import Cast
from tests.factories import PLAIN, make_post

ClientFor = Callable[[User], Client]
WHY = "Request 2026/114 under the Freedom of Information Act"


@pytest.fixture
def post(cast: Cast) -> Post:
    """Written, judged, agreed, published on X and taken down."""
    now = timezone.now()
    rights.sync_people(User.objects.values_list("pk", flat=True), now=now)
    made = make_post(cast, "approved", now=now)
    Delivery.objects.create(
        target=made.targets.get(channel=cast.x), channel=cast.x, version=made.current,
        fingerprint=made.current.fingerprint, state="published", publish_at=now, send_by=now + timedelta(minutes=30),
        due_at=now, created_at=now, remote_id="1", published_at=now,
    )  # fmt: skip
    takedown.take_down(post=made, kind="wrong", reason="It was wrong.", by=cast.ada, now=now)
    sealing.seal(now=now)
    return made


@pytest.fixture
def bundle(post: Post, cast: Cast, tmp_path: Path) -> Path:
    path = tmp_path / "record.zip"
    with export.export(about=post, reason=WHY, pictures=True, by=cast.cora, now=timezone.now()) as file:
        path.write_bytes(file.read())
    return path


def read(bundle: Path, name: str) -> list[dict[str, object]]:
    with zipfile.ZipFile(bundle) as opened:
        return [json.loads(line) for line in opened.read(name).decode().splitlines()]


def test_the_file_holds_words_verdict_review_attempts_and_what_was_taken_down(bundle: Path, post: Post) -> None:
    names = zipfile.ZipFile(bundle).namelist()
    for room in ("posts.version", "policy.verdict", "policy.review", "publishing.delivery", "publishing.removal"):
        assert f"rows/{room}.jsonl" in names
    assert PLAIN in str(read(bundle, "rows/posts.version.jsonl")[0]["texts"])
    told = read(bundle, "audit.jsonl")
    assert [line["id"] for line in told] == sorted(line["id"] for line in told)
    assert all(line["seal"]["digest"] for line in told)  # type: ignore[index]
    assert {"post.submitted", "incident.opened"} <= {line["action"] for line in told}
    assert "Ada Okafor" in str(read(bundle, "people.jsonl"))
    assert WHY in zipfile.ZipFile(bundle).read("README.txt").decode()


def test_it_proves_itself_from_the_public_key_alone(bundle: Path) -> None:
    proof = container.verify(bundle, key=signing.public_key())
    assert proof.ok and proof.files == len(zipfile.ZipFile(bundle).namelist()) - 2
    out = io.StringIO()
    call_command("verify_bundle", str(bundle), "--json", "--key", signing.public_key(), stdout=out)
    assert json.loads(out.getvalue())["ok"] is True
    with pytest.raises(CommandError, match=r"manifest\.json"):
        call_command("verify_bundle", str(bundle), "--key", "ab" * 32, stdout=out)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_anywhere_is_refused(bundle: Path, data: st.DataObject) -> None:
    content = bytearray(bundle.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    spoilt = bundle.with_name("spoilt.zip")
    spoilt.write_bytes(content)
    assert not container.verify(spoilt, key=signing.public_key()).ok


@pytest.mark.parametrize(("place", "value"), [(8, 1), (10, 8), (10, 12), (10, 14), (10, 99)])
def test_a_file_that_says_it_is_encrypted_or_packed_is_refused_in_words(bundle: Path, place: int, value: int) -> None:
    content = bytearray(bundle.read_bytes())
    content[content.index(b"PK\x01\x02") + place] = value  # flags and method of the first in the directory
    bundle.write_bytes(content)
    proof = container.verify(bundle, key=signing.public_key())
    assert not proof.ok and proof.why


@pytest.mark.parametrize("added", [b"\x00", b"PK"])
def test_what_is_added_or_cut_off_is_refused(bundle: Path, added: bytes) -> None:
    whole = bundle.read_bytes()
    for content in (added + whole, whole + added, whole[:-1], whole[: len(whole) // 2], b""):
        bundle.write_bytes(content)
        assert not container.verify(bundle, key=signing.public_key()).ok


def test_the_first_wrong_file_is_named(bundle: Path) -> None:
    whole = bundle.read_bytes()
    bundle.write_bytes(whole.replace(b"Thank you for coming", b"Thank you for going!", 1))
    assert "jsonl" in container.verify(bundle, key=signing.public_key()).wrong


def test_exporting_asks_a_reason_is_audited_and_is_for_compliance_alone(
    post: Post, cast: Cast, client_for: ClientFor
) -> None:
    address, cora = reverse("export_post", args=[post.pk]), client_for(cast.cora)
    refused = cora.post(address, {"reason": "FOI"})
    assert refused.status_code == 422 and "Say what it is for" in refused.text
    answer = cora.post(address, {"reason": WHY})
    assert answer["Content-Type"] == "application/zip" and zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    kept = AuditEntry.objects.get(action="record.exported")
    assert kept.by == cast.cora and kept.facts["reason"] == WHY and len(kept.facts["manifest"]) == 64
    assert client_for(cast.hana).get(address).status_code == 403, "the head reads it, and takes nothing out"
    for who in (cast.ada, cast.rex, cast.sam, cast.mel):
        assert client_for(who).get(reverse("record_of_post", args=[post.pk])).status_code == 404
        with pytest.raises(PermissionDenied):
            export.export(about=post, reason=WHY, pictures=False, by=who, now=timezone.now())


def test_the_page_tells_it_in_order_and_narrows_it_in_few_queries(
    post: Post, cast: Cast, client_for: ClientFor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cora, address = client_for(cast.cora), reverse("record_of_post", args=[post.pk])
    with django_assert_max_num_queries(24):
        text = cora.get(address).text
    assert text.index("Post: submitted") < text.index("Incident: opened") and PLAIN not in text
    only = cora.get(address, {"kind": "incident", "who": cast.ada.pk}).text
    assert "Incident: opened" in only and "Post: submitted" not in only
    assert "Nothing fits that" in cora.get(address, {"since": "2100-01-01"}).text
    assert "27/03/2027" in cora.get(address, {"since": "nonsense"}).text


def test_a_channel_has_a_record_without_what_opens_its_network(cast: Cast, client_for: ClientFor) -> None:
    now = timezone.now()
    rights.sync(cast.cora, now=now)
    audit.record(cast.sam, "channel.opened", cast.x, now=now)
    assert "Channel: opened" in client_for(cast.cora).get(reverse("record_of_channel", args=[cast.x.pk])).text
    with export.export(about=cast.x, reason=WHY, pictures=False, by=cast.cora, now=now) as file:
        names = zipfile.ZipFile(file).namelist()
    assert "rows/accounts.channel.jsonl" in names
    assert not [name for name in names if "credential" in name or "connection" in name]


def test_every_kind_of_row_that_hangs_on_an_update_is_found() -> None:
    """Should a room keep something new about updates, it is here by itself; what opens a network never is."""
    found = {model._meta.label for model in about.paths(Post)}
    for label in (
        "posts.Media",
        "policy.Override",
        "policy.Comment",
        "publishing.Attempt",
        "publishing.RemovalAttempt",
    ):
        assert label in found
    assert not {"accounts.Credential", "accounts.Connection"} & found


def test_the_pictures_come_as_they_were_sent_and_a_withdrawn_one_does_not(cast: Cast, tmp_path: Path) -> None:
    now = timezone.now()
    rights.sync_people(User.objects.values_list("pk", flat=True), now=now)
    made = make_post(cast, "draft", now=now)
    street, square = (
        pictures.add(post=made, upload=ContentFile(draw(name), name=f"{name}.jpg"), by=cast.ada, now=now)
        for name in ("street", "square")
    )
    Media.objects.filter(pk=square.pk).update(withdrawn_at=now)
    path = tmp_path / "record.zip"
    with export.export(about=made, reason=WHY, pictures=True, by=cast.cora, now=now) as file:
        path.write_bytes(file.read())
    with zipfile.ZipFile(path) as opened:
        kept = [name for name in opened.namelist() if name.startswith("pictures/")]
        assert kept == [f"pictures/{street.sha256}"]
        assert opened.read(kept[0]) == pictures.read(street)


def test_a_record_without_a_reason_is_no_record(post: Post, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        export.export(about=post, reason="   ", pictures=False, by=cast.cora, now=timezone.now())
