"""How a person hears of what happens."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.choosing import GROUPS, HOURS, How
from accounts.models import NoticePlan


class NoticePlanForm(forms.Form):
    """One field a group of events, named by its key, and the digest's hour."""

    digest_hour = forms.ChoiceField(
        label="When the one e-mail of the day comes",
        choices=[(hour, f"{hour:02}:00") for hour in HOURS],
        error_messages={"invalid_choice": "Choose an hour from the list."},
    )

    def __init__(self, *args: Any, plan: NoticePlan, **kwargs: Any) -> None:
        chosen = {group.key: plan.how.get(group.key, How.AT_ONCE) for group in GROUPS}
        super().__init__(*args, initial=chosen | {"digest_hour": plan.digest_hour}, **kwargs)
        for group in GROUPS:
            self.fields[group.key] = forms.ChoiceField(
                label=group.name,
                help_text=group.hint,
                choices=How.choices,
                error_messages={"invalid_choice": "Choose a way from the list.", "required": "Choose a way."},
            )
        self.order_fields([*(group.key for group in GROUPS), "digest_hour"])

    @property
    def how(self) -> dict[str, str]:
        return {group.key: self.cleaned_data[group.key] for group in GROUPS}
