"""What a post is made of and what it is about, by plain words: enough to compare like with like, and no more.

The words are those whose effect was measured on real borough posts (domain.md D.6). The first topic that fits counts.
"""

from __future__ import annotations

import re

from platforms.text import contains_link

FORMS = {"picture": "With a picture", "link": "With a link", "text": "Words alone"}
TOPICS = {
    "appeal": "Appeals and missing people",
    "result": "Arrests and results",
    "traffic": "Traffic",
    "drugs": "Drugs",
    "meeting": "Meeting residents",
    "other": "Everything else",
}
_WORDS = {
    "appeal": r"missing|appeal\w*|witness\w*|have you seen|do you recogni[sz]e|information",
    "result": r"arrest\w*|charged|sentenc\w+|seiz\w+|warrant\w*|recovered|stolen",
    "traffic": r"traffic|speed\w*|collision|road closed|parking|drivers?|roadworks",
    "drugs": r"drugs?|cannabis|dealers?|dealing|cocaine",
    "meeting": r"surger(?:y|ies)|drop-?in|cuppa|meet\w*|met residents|library|street briefing|ward panel|come and",
}
_TOPIC_PATTERNS = [(topic, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for topic, words in _WORDS.items()]


def form_of(text: str, *, pictures: int) -> str:
    """A key of FORMS. A picture counts before a link: it is what one sees."""
    return "picture" if pictures else "link" if contains_link(text) else "text"


def topic_of(text: str) -> str:
    """A key of TOPICS."""
    return next((topic for topic, pattern in _TOPIC_PATTERNS if pattern.search(text)), "other")


def asks(text: str) -> bool:
    """Whether it asks residents something: it holds a question. A rhetorical one counts too."""
    return "?" in text
