"""What a person tells us: of a post in doubt, of one that must come down, of an appeal's day."""

from __future__ import annotations

from datetime import datetime

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms

from posts import schedule
from publishing.models import Incident


class TakeDownForm(forms.Form):
    """Why it must come down: kept with the record, and read by those who are told."""

    kind = forms.ChoiceField(
        label="What is wrong with it?",
        choices=Incident.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong."},
    )
    reason = forms.CharField(
        label="In a sentence",
        max_length=300,
        error_messages={"required": "Say what is wrong: it is kept with the record."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.radios("kind", legend_size=Size.SMALL, small=True),
            Field.text("reason"),
            Submit("submit", "Take it down everywhere", css_class="govuk-button--warning"),
        )


class CloseForm(forms.Form):
    """The end of an incident: the breach question and what was learnt."""

    breach = forms.ChoiceField(
        label="Is it a personal data breach?",
        choices=[("no", "No"), ("yes", "Yes, the information governance team knows")],
        widget=forms.RadioSelect,
        error_messages={"required": "Decide whether it is a personal data breach."},
    )
    outcome = forms.CharField(
        label="What was done, and what is learnt",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what was done: corrected, apologised for, explained, and what is learnt."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.radios("breach", legend_size=Size.SMALL, small=True),
            Field.textarea("outcome", rows=4),
            Submit("submit", "Close the incident"),
        )


class MomentForm(forms.Form):
    """A London day and time. button: what pressing it does; into: the field that `clean` fills."""

    button, into = "Save", "moment"
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the day.", "invalid": "Choose a day."},
    )
    clock = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(attrs={"type": "time", "class": "govuk-input govuk-input--width-5"}, format="%H:%M"),
        error_messages={"required": "Choose the time.", "invalid": "Choose a time."},
    )

    def __init__(self, *args: object, now: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.helper = FormHelper()
        self.helper.layout = Layout(Field.text("day"), Field.text("clock"), Submit("submit", self.button))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if "day" in cleaned and "clock" in cleaned:
            cleaned[self.into] = schedule.moment_of(cleaned["day"], cleaned["clock"], fold=0, now=self.now)
        return cleaned


class RemovalDateForm(MomentForm):
    """Until when an appeal stays."""

    button, into = "It stays until then", "remove_at"


class MoveForm(MomentForm):
    """When a post goes out instead."""

    button, into = "Move it", "publish_at"


class DecideForm(forms.Form):
    """public: "yes" or "no"; permalink: where it was seen, needed for yes."""

    public = forms.ChoiceField(
        label="What do you see?",
        choices=[("yes", "The post is there"), ("no", "It is not there")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you can see the post."},
    )
    permalink = forms.URLField(
        label="Its address, if you can see it",
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text="Open the post on the network and copy the address from the browser.",
        error_messages={"invalid": "Copy the whole address, beginning with https://."},
    )

    def __init__(self, *args: object, network: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public"].help_text = f"Open the channel on {network} and look for it before you answer."
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.radios("public", legend_size=Size.SMALL),
            Field.text("permalink"),
            Submit("submit", "Save what I saw"),
        )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("public") == "yes" and not cleaned.get("permalink") and "permalink" not in self.errors:
            self.add_error("permalink", "Add the address where you see it.")
        return cleaned
