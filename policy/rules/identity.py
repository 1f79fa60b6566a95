"""Who it was: a suspect known by trade or home, a neighbour by handle."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit, word_set
from policy.reading.live_cases import held
from policy.reading.mentions import Mention, find_mentions
from policy.reading.mentions import nearest as nearest_handle
from policy.reading.nearness import match_places, widened
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule
from policy.vocabulary.identity import SOMEBODY_ELSE

_REACH = 16  # words between somebody's trade and the arrest

# "Arrested: a well known local baker", "arrested a man who works as a teacher".
_LEADS_TO_TRADE = word_set(
    """
    a an the our local one two three another year old yr aged former ex well known self employed part full time male
    female man woman men women person who is was works working as in his her their popular retired senior junior young
    respected off duty today yesterday last night this morning afternoon evening tonight and has been have also
    trusted prominent married famous primary secondary school london he she s they were both
    """
)
_TO_OR_BY = word_set(
    """
    of on by with to from for against near thanks outside at after assaulting assaulted attacking attacked robbing
    robbed threatening threatened stabbing stabbed punching punched abusing abused mugging mugged conning conned
    defrauding harassing stalking spitting biting kicking targeting targeted posing pretending thank called helping
    helped hitting hit injuring injured burgling stealing following impersonating towards like when as
    """
)
_WHERE_AND_WHEN = re.compile(
    r"(?: (?:in|at|on|near|around|by|outside|this|last|late|early|yesterday|today|tonight|overnight|morning|evening"
    r"|afternoon|night|the|[A-Z][\w']{1,20}|\d[\w.:]{0,6})){1,8}+"
)
_MADE = word_set("made makes making make celebrated celebrating cardiac")
_PERSON = (
    r"(?:man|woman|male|female|men|women|people|person|lad|boy|girl|resident|couple|teenager|youth|pensioner"
    r"|suspect|old|brothers|sisters|pair|one|tenant|mum|dad|mother|father|teen|individual)"
)
_AGED = r"(?:,? (?:who is |both )?\(?(?:aged )?\d\d\)?(?: and \d\d)?,?| in (?:his|her|their) \d\ds)?,?"
_HOME = re.compile(
    rf"(?:\b{_PERSON}{_AGED} (?:from|of)"
    r"|\b(?:lives?|lived|living) (?:on|in|at|near|just off)|\bresidents? (?:of|from|on|in)"
    r"|\b(?:occupants?|occupiers?|tenants?) (?:of|from|in|on|at)"
    r"|\b(?:his|her|their) (?:home|house|flat|address|place|front door)(?: address)?,? (?:on|in|at))"
    r" (?:a (?:flat|house|property|block) (?:on|in|off) )?(?:the )?$"
)
_STREET = re.compile(
    r"\b(?:[A-Z][\w']{0,30}[ -]){1,3}(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Crescent|Gardens|Gdns|Grove|Mews"
    r"|Terrace|Square|Walk|Drive|Way|Court|House|Towers?|Point|Lodge|Mansions|Row|Place|Hill|Rise|[Ee]states?|Heights)\b"
)


def known_by_trade(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Somebody arrested, with their work, role or home street: that can name them without a name."""
    arrests = held(passage)
    if not arrests:
        return
    roles = sorted({*passage.hits("trade", "not_trade"), *passage.hits("job")})
    for role in roles:
        arrest = _arrest_of(passage, role, arrests)
        if arrest is not None:
            yield Match(match_places(passage, (role.start, role.end), (arrest.start, arrest.end)))
            return
    for start, end in _homes(passage, {hit.sentence for hit in arrests}):
        yield Match(match_places(passage, (start, end)))
        return


def _arrest_of(passage: Passage, role: Hit, arrests: list[Hit]) -> Hit | None:
    """The arrest of the person in that role, or None where the role is somebody else's."""
    place = bisect_left(arrests, role)
    for arrest in arrests[max(0, place - 1) : place + 2]:
        if arrest.sentence == role.sentence and arrest.first > role.last and _goes_on(passage, role, arrest):
            return arrest
        if arrest.sentence == role.sentence and arrest.last < role.first and _leads_up(passage, role, arrest):
            return arrest
        if arrest.sentence == role.sentence - 1 and _is_he(passage, role):
            return arrest
    return None


def _goes_on(passage: Passage, role: Hit, arrest: Hit) -> bool:
    """ "The caretaker of a primary school was arrested"."""
    between = passage.keys[role.last + 1 : arrest.first]
    if len(between) > _REACH or not SOMEBODY_ELSE.isdisjoint(between):
        return False
    if passage.keys[arrest.first].startswith("arrest") and not _MADE.isdisjoint(between[-4:]):
        return False  # "PC Iqbal, once a chef, made his first arrest"
    before = [key for key in passage.keys[max(0, role.first - 6) : role.first] if key not in _LEADS_TO_TRADE]
    return not before or passage.sentences[role.first - 1] != role.sentence or before[-1] not in _TO_OR_BY


def _leads_up(passage: Passage, role: Hit, arrest: Hit) -> bool:
    between = passage.keys[arrest.last + 1 : role.first]
    if len(between) > _REACH:
        return False
    said = passage.text[arrest.end : role.start]
    if ": " in said:  # "Arrested on suspicion of harassment in Highgate: a retired GP"
        words = re.findall(r"[\w'-]+", said.rpartition(": ")[2].lower())
        return all(key in _LEADS_TO_TRADE or key[0].isdigit() for key in words)
    head, comma, tail = said.rpartition(", ")
    if comma and _WHERE_AND_WHEN.fullmatch(head):  # "Detained in Morden, a bus driver"
        between = re.findall(r"[\w'-]+", tail.lower())
    return all(key in _LEADS_TO_TRADE or key.isdigit() for key in between)


def _is_he(passage: Passage, role: Hit) -> bool:
    """The next sentence says of him: "He is a local teacher", "He works at the bank"."""
    begin = bisect_left(passage.sentences, role.sentence)
    opening = passage.keys[begin : role.last + 1][:5]
    return role.first - begin <= 4 and not {"he", "she", "he's", "she's", "they"}.isdisjoint(opening)


def _homes(passage: Passage, sentences: set[int]) -> Iterator[tuple[int, int]]:
    for found in _STREET.finditer(passage.text):
        number = passage.sentence_at(found.start())
        if number in sentences or number - 1 in sentences:
            before = passage.lower[max(0, found.start() - 70) : found.start()]
            if _HOME.search(before) and "charged" not in before:
                yield found.span()


_BODIES = re.compile(
    r"^(?:mps|met|btp|tfl|lfb|las|nhs|ldn|london|city(?:of|police|hall)|hm(?:rc|p|cts|coastguard|govuk)|nca|npcc|npas"
    r"|cps|iopc|ico_|dvla|dvsa|hse|bbc|itv|sky(?:news|uk)|lb(?:of|_|bd|hf|rut)|rb(?:kc|_|kingston|green)|wm_|visit|love"
    r"|action(?:fraud|forchildren)|report(?:fraud)?$|getsafe|cyberaware|stop(?:hate|loan|it)|samaritan|childline|nspcc"
    r"|barnardo|mind(?:charity)?$|refuge|solace|galop|stonewall|shelter|crisis|streetlink|stmungos|thamesreach|turn2us"
    r"|citizensadvice|rnli|rspca|rac_?|theaa|bluecross|battersea|dogstrust|stjohn|sja|britishredcross|redcross|unicef"
    r"|royal(?:parks|mail|mencap|greenwich)|thames|environment|envagency|metoffice|network|national|great|gwr|swr|se_"
    r"|southern|southeastern|thameslink|greater|lner|avanti|c2c|overground|elizabethline|arriva|stagecoach|goahead"
    r"|owl_?protect|peabody|clarion|lq_?(?:homes|group)|notting_?hill_?gen|hyde_?|guinness|optivo|l_and_q|womens_?aid|age_?uk"
    r"|uber|deliveroo|lime|nextdoor|tesco|asda|sainsburys|morrisons|boots|coop|the(?:coop|rspca|royal|met|bhf|aa_|mix))"
    r"|police|polic|council|ambulance|lfb|crimestop|fearless|school|academy|college|university|library|fire|snt\b"
    r"|trust|charity|gov|hospital|cadets|victimsupport|ageuk|brigade|rescue|neighbourhoodwatch|nhood|nhw|news|fraud"
    r"|trading_?standards|transport|tfltraffic|trafficnews|railway|rail\b|trains?$|airport|port_?authority|coastguard|borough|mps$"
    r"|_mps|mps_|taskforce|responseteam|safer|community|residents|association|partnership|foundation|foodbank|hostel"
    r"|(?:aid|bid|biz)$|pubwatch|shopwatch|market(?:s|e?\d*)?$|theatre|primary|_year\d|pub(?:_|[en]?\d|$)|tavern|_arms|business|traders"
    r"|church|mosque|temple|synagogue|museum|theatre|festival|radio|(?<!ex)press$|times$|gazette|standard|guardian|football"
    r"|(?:fc|cc|rfc|bid|nhs|org|hq|official|sussex|essex|kent|surrey|herts)$|housing|homes$|wardens?$|parks?$|services?$|_help$"
)


_OFFICE = re.compile(
    r"^(?:PC|PCSO|PS|SC|Sgt|Sergeant|Insp|Inspector|Ch(?:ief)?Insp|Supt|ChSupt|DC|DS|DI|Cllr|CLLR|Councillor|Mayor|Rev)_?"
    r"[A-Z]|(?<=[a-z_])(?:MP|AM|MEP|MBE|OBE)$"
)


def is_a_body(handle: str) -> bool:
    """Whether a handle (lower case) reads as an office, a service or a company rather than a person."""
    return bool(_BODIES.search(handle))


def tagged_neighbour(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A handle that is neither ours nor a partner's in a post about crime."""
    if "@" not in passage.text:
        return
    registered = {handle.lower() for handle in (*context.handles, *context.partner_handles)}
    crimes = passage.sentences_with("offence", "not_offence")
    if not crimes or _is_kind_answer(passage):
        return
    near, friendly = widened(crimes), passage.sentences_with("welcome")
    topical = passage.sentences_with("of_a_topic") - passage.sentences_with("of_a_case")
    for mention in find_mentions(passage):
        sentence = passage.sentence_at(mention.start)
        about_crime = sentence in crimes or (sentence in near and sentence not in friendly)
        ours = mention.handle in registered or _has_an_office(passage, mention) or is_a_body(mention.handle)
        if not about_crime or ours or sentence in topical:
            continue
        if not nearest_handle(mention.handle, context.handles, 2):
            yield Match(match_places(passage, (mention.start - 1, mention.end)))


def _is_kind_answer(passage: Passage) -> bool:
    """ "@dave thanks for letting us know, have you reported it?": the neighbour wrote first, and is told what to do."""
    answers = passage.text.startswith("@") and passage.has("kind_answer")
    return answers and not passage.has("unkind_answer")


def _has_an_office(passage: Passage, mention: Mention) -> bool:
    """A handle that begins with a rank or title, or ends as members of a parliament write theirs."""
    return bool(_OFFICE.search(passage.text[mention.start : mention.end]))


RULES = (
    Rule(
        id="JIGSAW",
        severity=Severity.BLOCK,
        title="Suspect who could be known without a name",
        message=(
            "Their work or their street beside an arrest tells neighbours who it is. Age, sex and town are enough; "
            "take the rest out."
        ),
        source="APP arrests, charges and judicial outcomes: details stop where they would confirm who it is",
        detect=known_by_trade,
    ),
    Rule(
        id="TAGPERSON",
        severity=Severity.BLOCK,
        title="Member of the public tagged in a post about crime",
        message="Take the handle out. Only our own and our partners' accounts may be tagged in a post about crime.",
        source="UK GDPR; harassment and contempt",
        detect=tagged_neighbour,
    ),
)
