"""What the DMC tells us about a period or an event, and how a live case ended: shape and cleaning only."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Submit
from django import forms
from django.db.models import QuerySet

from accounts.models import Team
from policy.forms_holds import ScopeField
from policy.models import LiveCase, Period


def _day(label: str, *, hint: str = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 27/03/2027.", "required": "Give the first day."},
    )


class PeriodForm(forms.Form):
    kind = forms.ChoiceField(
        label="What it is",
        choices=[("", "Choose"), *Period.Kind.choices],
        error_messages={"required": "Choose what it is."},
    )
    team = ScopeField(
        label="Where",
        queryset=Team.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose where.", "invalid_choice": "Choose a place from the list."},
    )
    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="As people know it: “Local elections, 7 May”.",
        error_messages={"required": "Give it a name that people will recognise."},
    )
    starts_on = _day("First day")
    ends_on = _day("Last day", hint="It counts whole. Only mourning may be left open.", required=False)
    message = forms.CharField(
        label="What it means for those who write (optional)",
        max_length=300,
        required=False,
        help_text="One or two sentences, shown where they write.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.select("kind"),
            Field.select("team"),
            Field.text("name", autocomplete="off"),
            Field.text("starts_on"),
            Field.text("ends_on"),
            Field.textarea("message", rows=3),
            Submit("submit", "Put it in the calendar"),
        )


class OutcomeForm(forms.Form):
    """How a live case ended."""

    outcome = forms.ChoiceField(
        label="How it ended",
        choices=LiveCase.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it ended."},
    )
    note = forms.CharField(
        label="Anything to add (optional)", max_length=300, required=False, help_text="A court and a date, no names."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.radios("outcome"), Field.text("note", autocomplete="off"), Submit("submit", "Close this case")
        )
