"""What everybody can read or hear: ordinary letters, few capitals and emoji, short sentences, words for pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from policy.content import Context, Severity
from policy.reading.ease import prose, reading_age, syllables
from policy.reading.passage import Passage
from policy.rules.craft import describes
from policy.rules.registry import Facts, Match, Repair, Rule

# Letters drawn as other signs: mathematical, circled, squared, full width; and small capitals and raised letters,
# which are only a style in a run. Combining strokes and lines make a style of ordinary letters.
_STYLED = (
    r"\U0001D400-\U0001D6C0\U0001D6DC-\U0001D7CBℂℇℊ-ℓℕℙ-ℝℤℨℬℭℯ-ℱℳⒶ-ⓩ"
    r"\U0001F130-\U0001F149\U0001F150-\U0001F169\U0001F170-\U0001F189Ａ-Ｚａ-ｚ"
)
_SMALL = r"ᴀ-ᴢʀɪɴʏʟʜɢʙꜰꜱᴬ-ᵂᵃ-ᵛᵇ-ᵖʰʲˡʳˢʷˣʸᶜᶠᶻ"
_FANCY = re.compile(
    rf"[{_STYLED}]{{2,}}+(?: [{_STYLED}]++)*+|[{_SMALL}]{{3,}}+"
    r"|(?:\w[\u0332\u0333\u0335-\u0338]){3,}+"
)
_STROKES = re.compile(r"[\u0332\u0333\u0335-\u0338]")


def fancy_text(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Styled letters of Unicode. Accents and other scripts are letters, a single boxed letter is an emoji."""
    text = passage.seen
    if text.isascii():
        return
    for found in _FANCY.finditer(text):
        start, end = found.span()
        plain = _STROKES.sub("", unicodedata.normalize("NFKC", found.group()))
        repair = Repair("Use ordinary letters", start, end, plain) if plain.isascii() else None
        yield Match(((start, end),), repair=repair)


_MOST_CAPITALS = 0.3
_FEW_LETTERS = 20
_NOT_SHOUTED = re.compile(
    r"(?i:https?)://\S++|[@#]\w++|\b[A-Z]{1,5}\d[\w/]*+|(?<![A-Z]{2} )\b[A-Z]{2,5}\b(?! [A-Z]{2})"
)


def capitals(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """More than 30 per cent capitals among more than 20 letters, links, handles, hashtags and initials left out."""
    said = _NOT_SHOUTED.sub(" ", passage.text)
    upper = sum(map(str.isupper, said))
    cased = upper + sum(map(str.islower, said))
    if cased > _FEW_LETTERS and upper > _MOST_CAPITALS * cased:
        yield Match()


_SIGN = (
    r"(?:[\u2600-\u27BF\u2B1B\u2B1C\u2B50\u2B55\U0001F300-\U0001F64F\U0001F680-\U0001FAFF]"
    r"|[\U0001F1E6-\U0001F1FF]{2}+)"
)
_EMOJI = rf"{_SIGN}(?:[\ufe0f\U0001F3FB-\U0001F3FF]|\u200d{_SIGN})*+"
_MANY = re.compile(rf"(?P<first>{_EMOJI})(?: ?{_EMOJI}){{3,}}+")
_INSIDE = re.compile(rf"(?<=[^\W\d_])(?:{_EMOJI}){{1,3}}+(?=[^\W\d_])")


def emoji(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """More than three together, or one inside a word: a screen reader says the name of each."""
    text = passage.seen
    if text.isascii():
        return
    for found in _MANY.finditer(text):
        start, end = found.span()
        yield Match(((start, end),), repair=Repair("Keep one of them", start, end, found.group("first")))
    for found in _INSIDE.finditer(text):
        yield Match((found.span(),), "An emoji inside a word cannot be heard as that word. Write the letter.")


_OLDEST = 12
_FEW_WORDS = 20
_LONG_SENTENCE = 20


def hard_to_read(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A reading age above 12 (`reading.ease.reading_age`) where some sentence is longer than twenty words.

    The place is the longest sentence: parting it helps most. Fewer than twenty words say too little to
    measure, and an approved template's words are the DMC's.
    """
    if facts.template or len(passage.keys) < _FEW_WORDS:
        return
    sentences = [number for number in sorted(set(passage.sentences)) if passage.words_in(number)]
    longest = max(sentences, key=passage.words_in)
    if passage.words_in(longest) <= _LONG_SENTENCE:
        return
    words = prose(passage.text)
    if len(words) < _FEW_WORDS:
        return
    age = reading_age(len(words), len(sentences), sum(map(syllables, words)))
    if age > _OLDEST:
        said = (
            f"This needs a reader of about {min(round(age), 18)}, and a neighbour of 12 should manage it. "
            f"The marked sentence has {passage.words_in(longest)} words: make two of it."
        )
        yield Match((_trimmed(passage, longest),), said)


def _trimmed(passage: Passage, sentence: int) -> tuple[int, int]:
    start, end = passage.sentence_span(sentence)
    text = passage.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return passage.place(start, end)


_SHORTEST, _LONGEST = 15, 1000
_SAYS_IT_IS_ONE = re.compile(
    r"(?:an? |the |this is (?:an? |the )?)?(?:image|picture|pic|photo|photograph|graphic|screenshot)s? (?:of|showing)\b"
)


def weak_alt(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A description that begins "photo of", says what the post says, or is too short or too long to help."""
    if facts.picture is None or not describes(passage, facts.picture.filename):
        return
    said = " ".join(passage.lower.split())
    if _SAYS_IT_IS_ONE.match(said):
        yield Match(message="Screen readers say that it is a picture. Begin with what matters in it.")
    elif said in facts.texts:
        yield Match(message="This repeats the post. Say what matters in the picture.")
    elif len(said) < _SHORTEST:
        yield Match(message="Say a little more: who or what is in the picture, and where?")
    elif len(said) > _LONGEST:
        yield Match(message=f"Say what matters in the picture in fewer than {_LONGEST:,} characters.")


_GUIDANCE = "Government Communication Service guidance on accessible social media"

RULES = (
    Rule(
        id="FANCYTEXT",
        severity=Severity.BLOCK,
        title="Letters that cannot be read aloud",
        message="Screen readers cannot read styled letters. Use ordinary ones.",
        source=_GUIDANCE,
        detect=fancy_text,
        layer=3,
    ),
    Rule(
        id="CAPS",
        severity=Severity.ADVISE,
        title="Many capital letters",
        message="Capitals read as shouting and are harder to read. Use them for names and beginnings.",
        source=_GUIDANCE,
        detect=capitals,
        layer=3,
    ),
    Rule(
        id="EMOJI",
        severity=Severity.ADVISE,
        title="Many emoji",
        message="Screen readers say every emoji out loud. Keep one or two, at the end.",
        source=_GUIDANCE,
        detect=emoji,
        layer=3,
    ),
    Rule(
        id="READING",
        severity=Severity.ADVISE,
        title="Hard to read",
        message="Try shorter sentences and everyday words.",
        source="Plain English; Flesch-Kincaid grade level (Kincaid and others, 1975)",
        detect=hard_to_read,
        layer=3,
        of_pictures=False,
    ),
    Rule(
        id="ALT-QUALITY",
        severity=Severity.ADVISE,
        title="Description that does not help",
        message="Say what matters in the picture.",
        source="Public Sector Bodies Accessibility Regulations 2018; Government Communication Service guidance",
        detect=weak_alt,
        layer=3,
    ),
)
