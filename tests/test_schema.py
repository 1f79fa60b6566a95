"""What the models say of the database is in the database: no migration has taken a guard away in passing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

ROOMS = {"accounts", "posts", "policy", "publishing", "engagement", "smconsole"}
OURS = [model for model in apps.get_models() if model._meta.app_label in ROOMS and model._meta.managed]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_guard_and_index_of_a_model_stands_in_its_table(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    said = [*model._meta.constraints, *model._meta.indexes]
    assert {one.name for one in said} <= set(found)
    unique = [one.name for one in said if isinstance(one, models.UniqueConstraint)]
    assert all(found[name]["unique"] for name in unique)
