"""The check: a pure function over what is said and what is known. No database, no clock, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from policy import gate
from policy.content import ChannelText, Content, Context, Finding, Fix, Severity, Span
from policy.law import DELIVERED, Law
from policy.reading.dates import london_day
from policy.reading.passage import Passage
from policy.rules import mending
from policy.rules.registry import Facts, Match, Repair, Rule

# A text that repeats one fault a thousand times gets the first few; the answer is the same.
_MOST_MATCHES = 50
_ANY_DAY = datetime(2013, 11, 26, tzinfo=UTC)


@dataclass(frozen=True)
class Judgement:
    """What the rules say of one draft. outcome: the worst severity found, None when nothing was.

    None is not "safe to publish": it says that no rule fired. rules_version: the number of the rule set and the
    fingerprint of the code that judged. layer1: should somebody read it, whatever the rules found?
    """

    outcome: Severity | None
    findings: tuple[Finding, ...]
    rules_version: str
    layer1: gate.Answer = gate.QUIET


@dataclass(frozen=True)
class _Part:
    """One text of the draft: a channel's words, or a picture's description (channel None).

    anywhere: the facts for rules that do not ask about the network.
    """

    passage: Passage
    facts: Facts
    anywhere: Facts
    channel: int | None = None
    ordinal: int = 0


def get_ready() -> None:
    """Build what the first check would otherwise wait for. For a server, before it forks: its children share it."""
    judge(Content(texts=(ChannelText(0, "x", "Hello from your ward team."),)), Context(now=_ANY_DAY))


def judge(content: Content, context: Context, law: Law = DELIVERED) -> Judgement:
    """Findings by `law` with their worst severity and the version. Pure: same arguments, same answer."""
    parts = list(_parts(content, context))
    found = _findings(parts, content, context, law)
    layer1 = gate.QUIET if content.inbound else _ask_layer1(content, context, parts)
    return Judgement(found[0].severity if found else None, found, law.version, layer1)


def _ask_layer1(content: Content, context: Context, parts: list[_Part]) -> gate.Answer:
    """Of each different text, without what an approved template says by itself, and of each picture's description."""
    approved = content.template in context.templates
    read = {part.passage.original: part.passage for part in parts}
    said = dict.fromkeys(text.free if approved else text.text for text in content.texts)
    descriptions = (part.passage for part in parts if part.channel is None)
    return gate.ask((read.get(text) or Passage(text) for text in said), descriptions)


def findings(content: Content, context: Context, law: Law = DELIVERED) -> tuple[Finding, ...]:
    """What every rule of `law` in force at `context.now` says, worst first, then by place in the first channel's text.

    The same words found by the same rule in several channels are one finding with several spans. How far a
    text is read says `folding.reach`; LENGTH blocks what is longer.
    """
    return _findings(_parts(content, context), content, context, law)


def _findings(parts: Iterable[_Part], content: Content, context: Context, law: Law) -> tuple[Finding, ...]:
    rules = [rule for rule in law.in_force(london_day(context.now)) if rule.inbound == content.inbound]
    parts = list(parts)
    context = _with_known_cases(law.lay(context), parts)
    gathered: dict[tuple[object, ...], Finding] = {}
    for part in parts:
        for rule in _asked_of(rules, part):
            for match in _ask(rule, part, context):
                finding = _finding(rule, part, match, context)
                key = _sameness(finding)
                earlier = gathered.get(key)
                gathered[key] = finding if earlier is None else _join(earlier, finding)
    order = {channel.channel: index for index, channel in enumerate(content.texts)}
    return tuple(sorted(gathered.values(), key=lambda finding: _weight(finding, order)))


def _with_known_cases(context: Context, parts: Iterable[_Part]) -> Context:
    """Whoever names a case of the register speaks of a live one."""
    if context.live_case or not context.cases:
        return context
    said = [f" {' '.join(part.passage.keys)} " for part in parts]
    known = (f" {' '.join(Passage(name).keys)} " for name in context.cases)
    return replace(context, live_case=any(name in text for name in known if name.strip() for text in said))


def _parts(content: Content, context: Context) -> Iterator[_Part]:
    passages: dict[str, Passage] = {}
    template = content.template if content.template in context.templates else ""
    shared = Facts(publish_at=content.publish_at, has_pictures=bool(content.pictures), template=template)
    for text in content.texts:
        passage = passages.get(text.text) or passages.setdefault(text.text, Passage(text.text))
        yield _Part(passage, replace(shared, network=text.network), shared, channel=text.channel)
    said = tuple(" ".join(text.text.lower().split()) for text in content.texts) if content.pictures else ()
    for ordinal, picture in enumerate(content.pictures, start=1):
        seen = replace(shared, picture=picture, texts=said)
        yield _Part(Passage(picture.alt), seen, seen, ordinal=ordinal)


def _asked_of(rules: Iterable[Rule], part: _Part) -> Iterator[Rule]:
    return (rule for rule in rules if rule.of_pictures or part.channel is not None)


def _ask(rule: Rule, part: _Part, context: Context) -> tuple[Match, ...]:
    """The rule's first matches. The same text on a second channel is not read again."""
    facts = part.facts if rule.by_network else part.anywhere
    return part.passage.remember(
        ("rule", rule.id, facts.network),
        lambda: tuple(islice(rule.detect(part.passage, facts, context), _MOST_MATCHES)),
    )


def _finding(rule: Rule, part: _Part, match: Match, context: Context) -> Finding:
    message = match.message or rule.message
    if part.channel is None:
        return _picture_finding(rule, part, match, message)
    spans = tuple(_span(part.channel, part.passage, start, end) for start, end in match.places)
    repair = match.repair or mending.suggest(rule.id, part.passage, match, part.facts, context)
    fix = _fix(part.channel, part.passage, repair) if repair else None
    return Finding(rule.id, rule.severity, message, rule.source, spans, fix)


def _picture_finding(rule: Rule, part: _Part, match: Match, message: str) -> Finding:
    """Spans are places in channel texts, so the words of a description are told in the message."""
    words = ", ".join(f"“{part.passage.original[start:end]}”" for start, end in match.places)
    if words:
        message = f"{message} In the description of picture {part.ordinal}: {words}."
    key = part.facts.picture.key if part.facts.picture else ""
    return Finding(rule.id, rule.severity, message, rule.source, picture=key)


def _span(channel: int, passage: Passage, start: int, end: int) -> Span:
    return Span(channel, start, end, passage.original[start:end])


def _fix(channel: int, passage: Passage, repair: Repair) -> Fix:
    return Fix(repair.label, _span(channel, passage, repair.start, repair.end), repair.replacement)


def _sameness(finding: Finding) -> tuple[object, ...]:
    words = tuple(span.words for span in finding.spans)
    return finding.rule, finding.message, finding.picture, words, finding.fix and finding.fix.replacement


def _join(earlier: Finding, later: Finding) -> Finding:
    fix = earlier.fix
    if fix is not None and later.fix is not None:
        fix = replace(fix, also=(*fix.also, later.fix.span))
    return replace(earlier, spans=(*earlier.spans, *later.spans), fix=fix)


def _weight(finding: Finding, order: dict[int, int]) -> tuple[object, ...]:
    if not finding.spans:
        return (finding.severity.rank, len(order), 0, finding.rule, finding.picture)
    first = finding.spans[0]
    return (finding.severity.rank, order[first.channel], first.start, finding.rule, "")
