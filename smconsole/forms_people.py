"""Who is appointed to what, from when to when, and why at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Submit
from django import forms
from django.db.models import QuerySet

from accounts import breakglass
from accounts.models import Role, Team
from accounts.models.people import LONDON
from accounts.scoped import ScopedChoiceField

_WRONG_DAY = {"invalid": "Write the day as 27/03/2027.", "required": "Choose the first day."}


def _day(label: str, **facts: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=_WRONG_DAY, **facts)


class _PlaceForm(forms.Form):
    """role, team."""

    role = forms.ChoiceField(
        label="Role", choices=[("", "Choose"), *Role.choices], error_messages={"required": "Choose a role."}
    )

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = ScopedChoiceField(
            teams, label="Team", widget=forms.HiddenInput(), error_messages={"required": "Choose a team."}
        )
        self.helper = FormHelper()
        self.helper.form_tag = False  # the page says where it goes


class AppointForm(_PlaceForm):
    """And starts_on, ends_on: London days, both included; ends_on None for good."""

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"] = _day("First day", initial=now.astimezone(LONDON).date())
        self.fields["ends_on"] = _day(
            "Last day, if they only cover", required=False, help_text="Leave it empty for good. It ends at midnight."
        )
        self.helper.layout = Layout(
            "team", Field.select("role"), "starts_on", "ends_on", Submit("show", "Show what they may do")
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("ends_on") and said.get("starts_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", "The last day must not be before the first.")
        return said


class UrgentForm(_PlaceForm):
    """And hours, reason."""

    hours = forms.TypedChoiceField(
        label="For how long?",
        coerce=int,
        choices=[(hours, f"{hours} hour{'s' if hours > 1 else ''}") for hours in breakglass.HOURS],
        error_messages={"required": "Choose for how long."},
    )
    reason = forms.CharField(
        label="Why can it not wait?",
        max_length=breakglass.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence why it cannot wait."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "team", Field.select("role"), Field.select("hours"), "reason", Submit("show", "Show what they may do")
        )


class FindingForm(forms.Form):
    """What somebody found who looked at an urgent appointment afterwards."""

    finding = forms.CharField(
        label="What did you find?",
        max_length=breakglass.LONGEST_FINDING,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Was it needed, and was what they did right?",
        error_messages={"required": "Say in a sentence what you found."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Field.textarea("finding", rows=3), Submit("review", "I have looked at it"))
