"""A record of one post or one channel to hand on: rows as lines of JSON, the audit with its seals, the pictures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models, transaction

from accounts import audit, sealing
from accounts.models import AuditEntry, AuditSeal, User
from accounts.rights import require
from posts.models import Media, Post
from smconsole.record import container
from smconsole.record.about import Thing, entries_of, rows_of

FORMAT = 1
CHUNK = 500
README = """This is a record of {what}, exported from smconsole on {made_at} by {by}.
Why: {reason}

What is in it
  manifest.json   every other file with its SHA-256, and who exported what and why
  manifest.sig    the console's signature under manifest.json (Ed25519, hexadecimal)
  audit.jsonl     who did what and when, oldest first; with each entry its place in the console's chain of seals
  rows/*.jsonl    what the console keeps, one kind a file, one row a line: versions with their texts by channel,
                  verdicts with their findings, reviews, deliveries with every attempt, removals with what was there
                  before
  people.jsonl    who the numbers in fields called ..._id stand for, where they are people
  channels.jsonl  which channel a number in a text's or a row's field stands for
  pictures/       the pictures as they were sent, each named by its own SHA-256{pictures}

How to prove that nothing was changed
  On any machine that has smconsole's code, without its database:
      manage.py verify_bundle FILE --key KEY
  KEY is the console's public key. Take it from the console's page "The record's key", never from this file.
  It says which file is the first that is wrong. One changed byte anywhere is enough to be refused.

What it cannot prove
  That nothing is missing from the console itself. Its own chain of seals does that: manage.py verify_audit, there.
"""


@transaction.atomic
def export(*, about: Thing, reason: str, pictures: bool, by: User, now: datetime) -> IO[bytes]:
    """Write the record into a temporary file that goes when it is closed; it stands at its beginning.

    pictures: their bytes too, else their hashes alone (which the rows hold); withdrawn ones never. Raises
    PermissionDenied without `export_audit` over the team, ValidationError without a reason.
    """
    require(by, "export_audit", about.team)
    reason = reason.strip()
    if len(reason) < 10:
        raise ValidationError({"reason": "Say what it is for, in a sentence: the reason is part of the record."})
    out: IO[bytes] = TemporaryFile()  # noqa: SIM115  # the answer that carries it closes it
    writer, made_at = container.Writer(out), _plain(now)
    what, subject = _called(about), audit.subject_of(about)
    without = "" if pictures else "\n                  (left out of this export; the rows name their hashes)"
    told = README.format(what=what, made_at=made_at, by=by.display_name, reason=reason, pictures=without)
    writer.add("README.txt", [told.encode()])
    writer.add("audit.jsonl", _audit(about))
    mentioned = _write_rows(writer, about)
    writer.add("people.jsonl", _people(mentioned))
    writer.add("channels.jsonl", _channels(about))
    kept = _add_pictures(writer, about) if pictures else 0
    facts = {"format": FORMAT, "about": subject, "made_at": made_at, "made_by": by.pk, "reason": reason}
    digest = writer.finish({**facts, "pictures": kept})
    audit.record(by, "record.exported", about, now=now, reason=reason, manifest=digest, pictures=kept)
    out.seek(0)
    return out


def _called(about: Thing) -> str:
    return f"update {about.pk} of {about.team.full_name}" if isinstance(about, Post) else f"{about}"


def _audit(about: Thing) -> Iterator[bytes]:
    """Canonical entries (`sealing.canonical`) with their seals; one that is newer than the last seal has none yet."""
    for entry in entries_of(about).select_related("seal").iterator(chunk_size=CHUNK):
        yield _line(json.loads(sealing.canonical(entry)) | {"seal": _seal(entry)})


def _seal(entry: AuditEntry) -> dict[str, Any] | None:
    try:
        seal = entry.seal
    except AuditSeal.DoesNotExist:
        return None
    return {"position": seal.position, "previous": seal.previous, "digest": seal.digest}


def _write_rows(writer: container.Writer, about: Thing) -> set[int]:
    """One file a kind that has rows. Returns the keys of the people they mention."""
    mentioned = set(entries_of(about).exclude(by=None).order_by().values_list("by", flat=True))
    for model, rows in rows_of(about):
        if not rows.exists():
            continue
        people = [field.attname for field in model._meta.concrete_fields if field.related_model is User]
        shown = [field for field in model._meta.concrete_fields if not isinstance(field, models.BinaryField)]
        writer.add(f"rows/{model._meta.label_lower}.jsonl", _lines(rows, shown, people, mentioned))
    return mentioned


def _lines(rows: models.QuerySet[Any], shown: list[Any], people: list[str], mentioned: set[int]) -> Iterator[bytes]:
    for row in rows.iterator(chunk_size=CHUNK):
        mentioned.update(key for name in people if (key := getattr(row, name)))
        yield _line({field.attname: _plain(getattr(row, field.attname)) for field in shown})


def _people(keys: set[int]) -> Iterator[bytes]:
    for user in User.objects.filter(pk__in=keys).order_by("pk"):
        yield _line({"id": user.pk, "name": user.display_name})


def _channels(about: Thing) -> Iterator[bytes]:
    for channel in about.team.channels.order_by("pk"):
        facts = {"id": channel.pk, "network": channel.network, "handle": channel.handle, "name": channel.name}
        yield _line({**facts, "team": about.team.full_name, "external_id": channel.external_id})


def _add_pictures(writer: container.Writer, about: Thing) -> int:
    """Those of a post that nobody withdrew, each once."""
    if not isinstance(about, Post):
        return 0
    kept: dict[str, Media] = {}
    for media in Media.objects.filter(post=about, withdrawn_at=None, barred_by=None):
        if media.file.storage.exists(media.file.name):
            kept.setdefault(media.sha256, media)
    for digest, media in sorted(kept.items()):
        with media.file.open("rb") as file:
            writer.add(f"pictures/{digest}", file.chunks())
    return len(kept)


def _line(facts: dict[str, Any]) -> bytes:
    return (json.dumps(facts, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _plain(value: Any) -> Any:
    """As JSON writes it: UTC to the microsecond, a file by its name."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, File):
        return value.name
    if isinstance(value, Iterable) or value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
