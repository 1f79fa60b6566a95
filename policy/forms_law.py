"""What people tell us about the law: a day and a text, a change, a case. Shape and cleaning only."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms

from accounts.channels import channels_for
from accounts.models import User
from accounts.models.people import LONDON
from accounts.scoped import ScopedChoiceField
from policy.content import Severity
from policy.findings import WEIGHTS
from policy.law import Setting
from policy.rules import RULES

LONGEST_TEXT = 63_206
_DAY = {
    "widget": forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d")
}
_WRONG_DAY = {"required": "Choose a day.", "invalid": "Write the day as 04/05/2026."}


class ChannelField(ScopedChoiceField):
    def label_from_instance(self, channel: Any) -> str:
        return f"{channel.team.full_name}, {channel.get_network_display()}"


class HindsightForm(forms.Form):
    """A day up to today, one of the channels this person sees, and words."""

    day = forms.DateField(label="Day", error_messages=_WRONG_DAY, **_DAY)
    channel = ChannelField(
        queryset=None, label="Channel", empty_label="Choose", error_messages={"required": "Choose a channel."}
    )
    text = forms.CharField(
        label="Words",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": "Write the words to be judged.", "max_length": "No network takes so many words."},
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        seen = channels_for(user, "view_channel").order_by("team__name", "network")
        self.fields["channel"].queryset = seen  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "day", "channel", Field.textarea("text", rows=5), Submit("submit", "Judge these words")
        )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError("That day has not come. Choose today or a day before.")
        return day


class WhyForm(forms.Form):
    why = forms.CharField(
        label="Why should the rules change?",
        help_text="It stands on the edition for ever, and whoever signs reads it first.",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Say why the rules should change: it stands on the edition for ever."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(Field.textarea("why", rows=3), Submit("submit", "Begin a proposal"))


class RuleForm(forms.Form):
    """What a rule should be instead."""

    severity = forms.ChoiceField(label="How much it weighs", error_messages={"required": "Choose how much it weighs."})
    enabled = forms.BooleanField(label="The rule is on", required=False)
    message = forms.CharField(
        label="What the author reads", max_length=400, widget=forms.Textarea,
        error_messages={"required": "Say what the author should read."},
    )  # fmt: skip
    source = forms.CharField(
        label="What it rests on", max_length=300, help_text="The law or the guidance, shown to the author.",
        error_messages={"required": "Name the law or the guidance it rests on."},
    )  # fmt: skip
    owner = forms.CharField(label="Owner", max_length=80, error_messages={"required": "Somebody owns every rule."})
    last_reviewed = forms.DateField(label="Last reviewed", error_messages=_WRONG_DAY, **_DAY)
    in_force_from = forms.DateField(label="First day (optional)", required=False, error_messages=_WRONG_DAY, **_DAY)
    in_force_until = forms.DateField(label="Last day (optional)", required=False, error_messages=_WRONG_DAY, **_DAY)

    def __init__(self, *args: Any, setting: Setting, inbound: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(setting, name) for name in self.base_fields}, **kwargs)
        own = [Severity.ROUTE] if inbound else [one for one in Severity if one is not Severity.ROUTE]
        choices = [(one.value, f"{WEIGHTS[one].words} ({one})" if one in WEIGHTS else str(one)) for one in own]
        self.fields["severity"].choices = choices  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "severity",
            Field.checkbox("enabled"),
            Field.textarea("message", rows=3),
            "source",
            "owner",
            "last_reviewed",
            "in_force_from",
            "in_force_until",
            Submit("submit", "Keep this in the proposal"),
        )

    def clean_severity(self) -> Severity:
        return Severity(self.cleaned_data["severity"])


class WordsForm(forms.Form):
    """Words to put on a list and to take off it, one on each line."""

    add = forms.CharField(
        label="Words to add",
        required=False,
        max_length=5000,
        widget=forms.Textarea,
        help_text="One word or phrase on each line.",
    )
    remove = forms.CharField(label="Words to take off", required=False, max_length=5000, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.textarea("add", rows=4),
            Field.textarea("remove", rows=4),
            Submit("submit", "Keep this in the proposal"),
        )

    def clean_add(self) -> list[str]:
        return str(self.cleaned_data["add"]).splitlines()

    def clean_remove(self) -> list[str]:
        return str(self.cleaned_data["remove"]).splitlines()


class StartForm(forms.Form):
    """starts_on: the edition begins at the first minute of that day in London; empty is at the signature."""

    starts_on = forms.DateField(
        label="First day", required=False, help_text="Leave it empty to begin as soon as it is signed.",
        error_messages=_WRONG_DAY, **_DAY,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "starts_on", Submit("submit", "Keep this start", css_class="govuk-button--secondary")
        )

    def starts_at(self) -> datetime | None:
        day = self.cleaned_data["starts_on"]
        return datetime.combine(day, time.min, tzinfo=LONDON) if day else None


def _rules() -> list[tuple[str, str]]:
    return sorted((rule.id, f"{rule.title} ({rule.id})") for rule in RULES)


class FileForm(forms.Form):
    """What the rules got wrong about a post."""

    MISSED, WRONG = "missed", "wrong"
    said = forms.ChoiceField(
        label="What did the rules get wrong?",
        choices=[(MISSED, "A rule should have caught this"), (WRONG, "This should not have fired")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they got wrong."},
    )
    rule = forms.ChoiceField(label="Which rule?", required=False)
    why = forms.CharField(
        label="Why?", max_length=300, widget=forms.Textarea, help_text="In a sentence. The DMC decides by it.",
        error_messages={"required": "Say why, in a sentence: the DMC decides by it."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", "I do not know which"), *_rules()]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.radios("said", legend_size=Size.SMALL),
            "rule",
            Field.textarea("why", rows=3),
            Submit("submit", "Send it to the DMC"),
        )


class DecideCaseForm(forms.Form):
    """The case as it should stand, and where it is not taken, the reason."""

    text = forms.CharField(
        label="Words of the case", max_length=5000, widget=forms.Textarea,
        help_text="Take names, addresses and numbers of real people out. The case stays for good.",
        error_messages={"required": "A case needs its words."},
    )  # fmt: skip
    rule = forms.ChoiceField(label="Rule", required=False)
    note = forms.CharField(
        label="Why not? (only when it is not taken)",
        max_length=300,
        required=False,
        help_text="Whoever filed it reads it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", "Any serious rule"), *_rules()]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.textarea("text", rows=5), "rule", "note",
            Submit("accept", "Take it into the cases"),
            Submit("decline", "Do not take it", css_class="govuk-button--secondary"),
        )  # fmt: skip
