"""The house rules hold, and each rule catches what it is there for."""

from __future__ import annotations

from itertools import chain

import pytest

from tests import house_rules as rules
from tests.house_rules import ROOMS, Rule, Source

FOR_THE_HOUSE: list[Rule] = [
    rules.only_models_write_state,
    rules.one_writer_of_stage,
    rules.guardians_rows_have_one_reader,
    rules.the_moment_is_an_argument,
    rules.only_doors_send_tasks,
    rules.no_signals,
]
FOR_ALL_CODE: list[Rule] = [
    rules.no_imports_inside_functions,
    rules.no_broad_except,
    rules.functions_are_short,
    rules.modules_are_short,
    rules.nothing_is_left_for_later,
]
FOR_TEMPLATES: list[Rule] = [rules.templates_are_short, rules.nothing_is_left_for_later]

OFFENCES: list[tuple[Rule, str, str]] = [
    (rules.only_models_write_state, "policy/review.py", "post.state = 'approved'"),
    (rules.only_models_write_state, "policy/review.py", "Post.objects.filter(pk=1).update(state='sent')"),
    (rules.only_models_write_state, "policy/review.py", "Post.objects.bulk_update(posts, ['state'])"),
    (rules.only_models_write_state, "policy/review.py", "post.state += 'x'"),
    (rules.one_writer_of_stage, "policy/progress.py", "appointment.stage = 'trusted'"),
    (rules.one_writer_of_stage, "accounts/views.py", "Appointment.objects.filter(pk=1).update(stage='trusted')"),
    (rules.one_writer_of_stage, "accounts/views.py", "Appointment.objects.update(stage_until=None)"),
    (rules.guardians_rows_have_one_reader, "smconsole/places.py", "from guardian.models import GroupObjectPermission"),
    (rules.no_imports_inside_functions, "posts/views.py", "def f():\n    import os"),
    (rules.no_imports_inside_functions, "posts/views.py", "def f():\n    if x:\n        from a import b"),
    (rules.the_moment_is_an_argument, "posts/views.py", "datetime.now(tz)"),
    (rules.the_moment_is_an_argument, "posts/views.py", "datetime.datetime.utcnow()"),
    (rules.the_moment_is_an_argument, "posts/views.py", "date.today()"),
    (rules.the_moment_is_an_argument, "posts/drafting.py", "timezone.now()"),
    (rules.no_broad_except, "posts/views.py", "try: f()\nexcept: pass"),
    (rules.no_broad_except, "posts/views.py", "try: f()\nexcept Exception: pass"),
    (rules.no_broad_except, "posts/views.py", "try: f()\nexcept (ValueError, BaseException) as e: pass"),
    (rules.only_doors_send_tasks, "publishing/delivery.py", "deliver.delay(1)"),
    (rules.only_doors_send_tasks, "publishing/delivery.py", "deliver.apply_async((1,))"),
    (rules.only_doors_send_tasks, "publishing/delivery.py", "hand_out(deliver, [(1,)])"),
    (rules.no_signals, "posts/apps.py", "from django.db.models.signals import post_save"),
    (rules.no_signals, "posts/apps.py", "from django.db.models import signals"),
    (rules.no_signals, "posts/apps.py", "import django.dispatch"),
    (rules.functions_are_short, "posts/views.py", "def f():\n" + "    x = 1\n" * 40),
    (rules.modules_are_short, "posts/views.py", "x = 1\n" * 401),
    (rules.templates_are_short, "posts/templates/posts/page.html", "<p></p>\n" * 151),
    (rules.nothing_is_left_for_later, "posts/views.py", "x = 1  # TO" + "DO: mend"),
]

INNOCENT: list[tuple[Rule, str, str]] = [
    (rules.only_models_write_state, "posts/models/post.py", "self.state = 'sent'"),
    (rules.only_models_write_state, "posts/drafting.py", "Post(state='draft').save()\nif post.state == 'sent': pass"),
    (rules.the_moment_is_an_argument, "posts/views.py", "timezone.now()"),
    (rules.the_moment_is_an_argument, "smconsole/management/commands/seed.py", "timezone.now()"),
    (rules.no_broad_except, "posts/views.py", "try: f()\nexcept ValueError: pass"),
    (rules.no_broad_except, "sandbox/store.py", "try: f()\nexcept BaseException:\n    undo()\n    raise"),
    (rules.only_doors_send_tasks, "publishing/tasks.py", "deliver.delay(1)"),
    (rules.only_doors_send_tasks, "smconsole/celery.py", "super().apply_async(1)"),
    (rules.functions_are_short, "posts/views.py", "def f():\n" + "    x = 1\n" * 39),
    (rules.modules_are_short, "posts/views.py", "x = 1\n" * 400),
]


def _offences(rule: Rule, sources: chain[Source]) -> list[str]:
    return [f"{source.path}:{offence}" for source in sources for offence in rule(source)]


@pytest.mark.parametrize("rule", FOR_THE_HOUSE, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule: Rule) -> None:
    assert _offences(rule, chain(rules.modules(ROOMS))) == []


@pytest.mark.parametrize("rule", FOR_ALL_CODE, ids=lambda rule: rule.__name__)
def test_all_code_keeps(rule: Rule) -> None:
    assert _offences(rule, chain(rules.modules((*ROOMS, "sandbox")))) == []


@pytest.mark.parametrize("rule", FOR_TEMPLATES, ids=lambda rule: rule.__name__)
def test_templates_keep(rule: Rule) -> None:
    assert _offences(rule, chain(rules.templates())) == []


@pytest.mark.parametrize(("rule", "path", "text"), OFFENCES, ids=lambda value: getattr(value, "__name__", None))
def test_a_planted_offence_is_caught(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), INNOCENT, ids=lambda value: getattr(value, "__name__", None))
def test_the_innocent_go_free(rule: Rule, path: str, text: str) -> None:
    assert not list(rule(Source(path, text)))


def test_every_rule_has_a_planted_offence() -> None:
    assert {rule for rule, _, _ in OFFENCES} == {*FOR_THE_HOUSE, *FOR_ALL_CODE, *FOR_TEMPLATES}


def test_the_rules_look_at_real_files() -> None:
    assert sum(1 for _ in rules.modules(ROOMS)) > 30
    assert sum(1 for _ in rules.templates()) > 5
