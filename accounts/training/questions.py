"""The bank of the scenario test, as data: `questions.yaml`. Each a situation, its answers (right one first), why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml

FILE = Path(__file__).parent / "questions.yaml"


@dataclass(frozen=True)
class Question:
    """answers: the right one first. source: the rule or the law behind it."""

    key: str
    theme: str
    situation: str
    answers: Sequence[str]
    why: str
    source: str


@cache
def bank() -> tuple[Question, ...]:
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(Question(key, **one) for key, one in read.items())


def draw(number: int, chance: Random) -> list[dict[str, object]]:
    """So many questions as a sitting keeps them: of every theme one first, then any; each with its answers shuffled."""
    themes: dict[str, list[Question]] = {}
    for question in bank():
        themes.setdefault(question.theme, []).append(question)
    chosen = [chance.choice(those) for those in themes.values()]
    rest = [question for question in bank() if question not in chosen]
    asked = chosen[:number] + chance.sample(rest, max(number - len(chosen), 0))
    chance.shuffle(asked)
    return [_asked(question, chance) for question in asked]


def _asked(question: Question, chance: Random) -> dict[str, object]:
    answers = list(question.answers)
    chance.shuffle(answers)
    return {
        "key": question.key,
        "theme": question.theme,
        "situation": question.situation,
        "answers": answers,
        "right": answers.index(question.answers[0]),
        "why": question.why,
        "source": question.source,
        "given": None,
    }
