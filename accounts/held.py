"""Guardian's rows, read: what a person holds, and who holds something. A role over a team is one group of theirs
(docs/decisions/0037), so every row is a group's, and a person holds what their groups do."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from django.contrib.auth.models import Permission
from django.db.models import BigIntegerField, Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Cast
from guardian.models import GroupObjectPermission

from accounts.models import User

M = TypeVar("M", bound=Model)
Membership = User.groups.through


def rows(model: type[Model], *perms: str) -> QuerySet[GroupObjectPermission]:
    """The rows of these rights ("submit_for") on anything of this kind."""
    return GroupObjectPermission.objects.filter(
        permission__codename__in=perms,
        permission__content_type__app_label=model._meta.app_label,
        permission__content_type__model=model._meta.model_name,
    )


def objects(user: User, perms: str | Collection[str], model: type[M]) -> QuerySet[M]:
    """Everything of this kind on which the person holds any of these. The keys stand as text in guardian's rows."""
    mine = rows(model, *([perms] if isinstance(perms, str) else perms)).filter(group__user=user)
    keys = mine.order_by().annotate(key=Cast("object_pk", BigIntegerField())).values("key")
    return model._default_manager.filter(pk__in=keys)


def anywhere(user: User, among: Collection[str] = ()) -> frozenset[str]:
    """The rights ("submit_for") that the person holds over at least one channel or team. among: of these only.

    Asked right by right, of which there are few, and not row by row. One query.
    """
    mine = GroupObjectPermission.objects.filter(group__user=user, permission=OuterRef("pk"))
    asked = Permission.objects.filter(content_type__app_label=User._meta.app_label)
    asked = asked.filter(codename__in=among) if among else asked
    return frozenset(asked.filter(Exists(mine)).values_list("codename", flat=True))


def people(found: QuerySet[GroupObjectPermission]) -> QuerySet[User]:
    """Who holds any of these rows and may sign in."""
    members = Membership.objects.filter(group__in=found.order_by().values("group"))
    return User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("pk")
