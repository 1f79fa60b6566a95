"""What a sergeant or the DMC writes about a priority."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms
from django.db.models import QuerySet

from accounts.models import Priority, PriorityStep
from accounts.models.people import LONDON
from accounts.priorities import LONGEST

SOURCES = ("Ward panel", "Residents’ meeting", "Survey of residents", "Street surgery")
A_DAY = {"invalid": "Enter the day as a date, like 2 March 2026.", "required": "Choose a day."}


class DayField(forms.DateField):
    """A London day, today's unless another is meant."""

    def __init__(self, label: str, *, now: datetime, **kwargs: Any) -> None:
        today = now.astimezone(LONDON).date().isoformat()
        widget = forms.DateInput(
            attrs={"type": "date", "max": today, "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"
        )
        super().__init__(label=label, widget=widget, error_messages=A_DAY, initial=today, **kwargs)


class WordsField(forms.CharField):
    def __init__(self, label: str, **kwargs: Any) -> None:
        wrong = {"required": "Write it in a few words.", "max_length": f"Use {LONGEST} characters or fewer."}
        super().__init__(
            label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), error_messages=wrong, **kwargs
        )


class PriorityForm(forms.Form):
    """words, set_on, source."""

    def __init__(self, *args: Any, now: datetime, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = WordsField(
            "What residents asked for", help_text="In their words, without names or house numbers."
        )
        self.fields["set_on"] = DayField("When it was set", now=now)
        self.fields["source"] = forms.CharField(
            label="Who set it",
            max_length=120,
            help_text=f"For example: {', '.join(SOURCES).lower()}.",
            error_messages={"required": "Say who set it."},
        )
        self.helper = FormHelper()
        self.helper.form_tag = False  # the page says where it goes
        self.helper.layout = Layout("words", "set_on", Field.text("source", autocomplete="off"), Submit("mend", button))


class StepForm(forms.Form):
    """kind, words, on. Its fields' ids begin with step, so that it can stand beside the others."""

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="step_%s", **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label="What is it?",
            choices=PriorityStep.Kind.choices,
            widget=forms.RadioSelect,
            initial=PriorityStep.Kind.ACTION,
            error_messages={"required": "Choose one."},
        )
        self.fields["words"] = WordsField("In a sentence or two")
        self.fields["on"] = DayField("When", now=now)
        self.helper = FormHelper()
        self.helper.form_tag = False  # the page says where it goes
        self.helper.layout = Layout(
            Field.radios("kind", legend_size=Size.SMALL, inline=True), "words", "on", Submit("add", "Add it")
        )


class CloseForm(forms.Form):
    """ending, on, superseded_by: one of `others`."""

    def __init__(self, *args: Any, others: QuerySet[Priority], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="close_%s", **kwargs)
        self.fields["ending"] = forms.ChoiceField(
            label="Why",
            choices=Priority.Ending.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose why."},
        )
        self.fields["superseded_by"] = forms.ModelChoiceField(
            others,
            required=False,
            label="Which one took its place?",
            empty_label="None that is written here",
            error_messages={"invalid_choice": "Choose a priority from the list."},
        )
        self.fields["on"] = DayField("When", now=now)
        self.helper = FormHelper()
        self.helper.form_tag = False  # the page says where it goes
        self.helper.layout = Layout(
            Field.radios("ending", legend_size=Size.SMALL),
            "superseded_by",
            "on",
            Submit("close", "Close this priority"),
        )
