"""How the law changes: proposed by one person, tried, signed by a second, published with a start. Nothing else does.

A proposal holds only what it changes, so it is laid over the newest edition whenever it is tried or signed. What was
tried on an older edition, with other code or with other changes must be tried again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import audit, notices
from accounts.errors import Conflict
from accounts.models import User
from policy import changing, editions, rejudging, route_table
from policy.keeping import require_keeper
from policy.law import WORD_LISTS, Law, digest_of, to_body
from policy.models import Proposal, RuleSet, Trial
from policy.rules import ENGINE

LONGEST_WORDS = 60


@transaction.atomic
def propose(*, why: str, by: User, now: datetime) -> Proposal:
    """Begin a change. Raises PermissionDenied; ValidationError without a reason."""
    require_keeper(by)
    if not why.strip():
        raise ValidationError({"why": "Say why the rules should change: it stands on the edition for ever."})
    proposal = Proposal.objects.create(why=why.strip(), proposed_by=by, proposed_at=now)
    audit.record(by, "proposal.made", proposal, now=now)
    return proposal


@transaction.atomic
def change_rule(*, proposal: Proposal, rule_id: str, by: User, now: datetime, **wanted: Any) -> Proposal:
    """What the rule should be instead; a value as the newest edition has it is no change.

    wanted: severity, message, source, owner, enabled, in_force_from, in_force_until, last_reviewed. Raises
    PermissionDenied, Conflict; ValidationError where a value cannot be.
    """
    _edit(proposal, by)
    base = changing.laid_over(_newest(), {})
    setting = base.setting(rule_id)
    if setting is None:
        raise ValidationError({"rule": f"There is no rule {rule_id}."})
    _require_sense(wanted)
    now_is = {name: getattr(setting, name) for name in wanted}
    changed = {name: _as_json(value) for name, value in wanted.items() if value != now_is[name]}
    rules = {**proposal.changes.get("rules", {}), rule_id: changed}
    return _keep(
        proposal, {**proposal.changes, "rules": {key: value for key, value in rules.items() if value}}, by, now
    )


@transaction.atomic
def change_words(
    *, proposal: Proposal, name: str, add: Iterable[str], remove: Iterable[str], by: User, now: datetime
) -> Proposal:
    """Words to put on a list and to take off it. Raises as `change_rule` does."""
    _edit(proposal, by)
    if name not in WORD_LISTS:
        raise ValidationError({"name": f"There is no list {name}."})
    kept = changing.laid_over(_newest(), {}).lists[name]
    come, gone = (
        {_phrase(words) for words in add if words.strip()},
        {_phrase(words) for words in remove if words.strip()},
    )
    unknown = sorted(gone - kept)
    if unknown:
        raise ValidationError({"remove": f"Not on the list: {', '.join(unknown)}."})
    wanted = {"add": sorted(come - kept), "remove": sorted(gone)}
    words = {**proposal.changes.get("words", {}), name: wanted}
    words = {key: value for key, value in words.items() if value["add"] or value["remove"]}
    return _keep(proposal, {**proposal.changes, "words": words}, by, now)


@transaction.atomic
def change_route(*, proposal: Proposal, key: str, agreement: str | None, by: User, now: datetime) -> Proposal:
    """A line of the table of who must agree: added, with another agreement, or taken out (None).

    key: stage, route, kind and period, as route_table.Line.key. Raises as `change_rule` does; ValidationError where
    the table that would follow may not stand.
    """
    _edit(proposal, by)
    standing = {line.key: line.agreement for line in _newest().routes}
    wanted = {**proposal.changes.get("routes", {}), key: agreement}
    wanted = {name: value for name, value in wanted.items() if value != standing.get(name)}
    _require_table(key, wanted)
    return _keep(proposal, {**proposal.changes, "routes": wanted}, by, now)


@transaction.atomic
def set_start(*, proposal: Proposal, starts_at: datetime | None, by: User, now: datetime) -> Proposal:
    """When it should begin; None: as soon as it is signed. Raises PermissionDenied, Conflict, ValidationError."""
    _edit(proposal, by)
    if starts_at is not None and starts_at <= now:
        raise ValidationError({"starts_at": "That moment has passed. The law is never changed backwards."})
    proposal.starts_at = starts_at
    proposal.save(update_fields=["starts_at"])
    audit.record(by, "proposal.start", proposal, now=now, starts_at=starts_at.isoformat() if starts_at else None)
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User, now: datetime) -> Proposal:
    """Nothing comes of it. Raises PermissionDenied, Conflict."""
    _edit(proposal, by)
    proposal.closed_at = now
    proposal.save(update_fields=["closed_at"])
    audit.record(by, "proposal.withdrawn", proposal, now=now)
    notices.settle(about=proposal, kinds=["proposal.tried"], now=now)
    return proposal


@transaction.atomic
def ask_trial(*, proposal: Proposal, by: User, now: datetime) -> Trial:
    """Try it on every case and the last posts; the clock does it. Raises as `change_rule` does."""
    require_keeper(by)
    _lock(proposal)
    base = _newest_set()
    after = _would_be(proposal, base)
    _require_standing(after)
    if not changing.differences(editions.law_of(base), after) and base.engine == ENGINE:
        raise ValidationError("It changes nothing yet. Change a rule or a word list first.")
    waiting = proposal.trials.filter(done_at__isnull=True, base=base, digest=digest_of(to_body(after))).first()
    if waiting is not None:
        return waiting
    trial = Trial.objects.create(
        proposal=proposal, base=base, digest=digest_of(to_body(after)), engine=ENGINE, asked_by=by, asked_at=now
    )
    audit.record(by, "proposal.trial_asked", proposal, now=now, base=base.number)
    return trial


def standing_trial(proposal: Proposal) -> Trial | None:
    """The last finished trial of exactly what would be signed now, or None: then it must be tried (again)."""
    base = _newest_set()
    tried = proposal.trials.filter(
        done_at__isnull=False, base=base, engine=ENGINE, digest=digest_of(to_body(_would_be(proposal, base)))
    )
    return tried.order_by("-pk").first()


@transaction.atomic
def sign(*, proposal: Proposal, trial: Trial, by: User, now: datetime) -> RuleSet:
    """The second person agrees to what `trial` showed, and the edition is published.

    Raises PermissionDenied to the proposer; Conflict when it was not tried as it stands on the newest edition.
    """
    require_keeper(by)
    # The first edition is the lock: two signatures follow one another, and the second sees the new number.
    RuleSet.objects.select_for_update(of=("self",)).order_by("number")[:1].get()
    _lock(proposal)
    if proposal.proposed_by_id == by.pk:
        raise PermissionDenied("Two people change the law. You proposed this, so somebody else must sign it.")
    if standing_trial(proposal) != trial:
        raise Conflict("This was not tried as it stands now, on the newest edition. Try it again, then sign.")
    edition = _publish(proposal, trial.base, by, now)
    notices.settle(about=proposal, kinds=["proposal.tried"], now=now)
    reason = f"Edition {edition.number} of the posting policy began."
    rejudging.judge_waiting(reason=reason, by=by, now=now, scope=None, due_at=edition.starts_at)
    return edition


def would_be(proposal: Proposal) -> Law:
    """The set that signing it now would publish."""
    return _would_be(proposal, _newest_set())


def newest_law() -> Law:
    return _newest()


def _publish(proposal: Proposal, base: RuleSet, by: User, now: datetime) -> RuleSet:
    starts_at = max(proposal.starts_at or now, now)
    if starts_at < base.starts_at:
        raise ValidationError(f"Edition {base.number} begins later than that. Choose a start after it.")
    after = _would_be(proposal, base)
    _require_standing(after)
    body = to_body(after)
    edition = RuleSet.objects.create(
        number=base.number + 1,
        starts_at=starts_at,
        published_at=now,
        why=proposal.why,
        body=body,
        digest=digest_of(body),
        engine=ENGINE,
        proposed_by=proposal.proposed_by,
        signed_by=by,
    )
    proposal.edition, proposal.closed_at = edition, now
    proposal.save(update_fields=["edition", "closed_at"])
    audit.record(
        by, "edition.published", edition, now=now, number=edition.number, digest=edition.digest, engine=ENGINE,
        starts_at=starts_at.isoformat(), proposed_by=proposal.proposed_by_id,
    )  # fmt: skip
    return edition


def _newest_set() -> RuleSet:
    return editions.newest()


def _newest() -> Law:
    return editions.law_of(_newest_set())


def _would_be(proposal: Proposal, base: RuleSet) -> Law:
    return changing.laid_over(editions.law_of(base), proposal.changes)


def _lock(proposal: Proposal) -> None:
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update(of=("self",)))
    if proposal.closed_at is not None:
        done = f"It became edition {proposal.edition.number}." if proposal.edition else "It was withdrawn."
        raise Conflict(f"This proposal is closed. {done} Nothing was changed.")


def _edit(proposal: Proposal, by: User) -> None:
    require_keeper(by)
    _lock(proposal)
    if proposal.proposed_by_id != by.pk:
        raise PermissionDenied("Only the person who proposed this changes it; a second person reads and signs.")


def _keep(proposal: Proposal, changes: dict[str, Any], by: User, now: datetime) -> Proposal:
    proposal.changes = changes
    proposal.save(update_fields=["changes"])
    rules, lists = sorted(changes.get("rules", {})), sorted(changes.get("words", {}))
    lines = sorted(changes.get("routes", {}))
    audit.record(by, "proposal.changed", proposal, now=now, rules=rules, lists=lists, lines=lines)
    return proposal


def _require_table(key: str, wanted: dict[str, str | None]) -> None:
    if key.count("|") != 3:
        raise ValidationError("That is no line of this table.")
    wrong = route_table.problems(route_table.laid_over(_newest().routes, wanted))
    if wrong:
        raise ValidationError(wrong)


def _require_standing(after: Law) -> None:
    """What another edition changed meanwhile may have made it impossible."""
    wrong = route_table.problems(after.routes)
    if wrong:
        raise ValidationError(wrong)


def _require_sense(wanted: dict[str, Any]) -> None:
    problems = {name: "This cannot be left empty." for name in ("message", "source", "owner") if wanted.get(name) == ""}
    first, last = wanted.get("in_force_from"), wanted.get("in_force_until")
    if first and last and last < first:
        problems["in_force_until"] = "The last day is before the first."
    if problems:
        raise ValidationError(problems)


def _as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _phrase(words: str) -> str:
    phrase = " ".join(words.lower().split())
    letters = phrase.translate({ord(" "): None, ord("'"): None, ord("-"): None})
    if len(phrase) > LONGEST_WORDS or not letters.isalnum():
        said = phrase[:LONGEST_WORDS]
        raise ValidationError(f"“{said}” is no word or phrase: letters and figures, {LONGEST_WORDS} at most.")
    return phrase
