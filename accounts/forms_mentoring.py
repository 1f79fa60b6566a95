"""Who mentors whom, check-ins and notes: shape and cleaning only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms
from django.db.models import QuerySet

from accounts.forms_priorities import DayField
from accounts.mentoring import AT_MOST, LONGEST
from accounts.models import User


class _Person(forms.ModelChoiceField):
    """Each with how many they have already."""

    load: Mapping[int, int] = {}

    def label_from_instance(self, obj: User) -> str:
        number = self.load.get(obj.pk, 0)
        return f"{obj} ({number} of {AT_MOST})"


_CHOOSE = {"required": "Choose somebody.", "invalid_choice": "Choose from the list."}


class PairForm(forms.Form):
    mentor = _Person(User.objects.none(), label="Mentor", empty_label="Choose", error_messages=_CHOOSE)
    backup = _Person(User.objects.none(), label="Who stands in", empty_label="Choose", error_messages=_CHOOSE)

    def __init__(self, *args: Any, people: QuerySet[User], load: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("mentor", "backup"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
            self.fields[name].load = load  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(Field.select("mentor"), Field.select("backup"), Submit("pair", "Pair them"))


class CheckInForm(forms.Form):
    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="check_%s", **kwargs)
        self.fields["on"] = DayField("When you spoke", now=now)
        self.fields["words"] = forms.CharField(
            label="What to remember (optional)",
            required=False,
            max_length=LONGEST,
            help_text="You both read it, and the DMC.",
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("on", "words", Submit("check", "Keep this check-in"))


class NoteForm(forms.Form):
    words = forms.CharField(
        label="Something that helps",
        max_length=LONGEST,
        help_text="Kind and concrete. They read it at once.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write it in a sentence."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="note_%s", **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("words", Submit("note", "Leave this note"))


class ShadowForm(forms.Form):
    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="shadow_%s", **kwargs)
        self.fields["on"] = DayField("When", now=now)
        self.fields["agreed"] = forms.ChoiceField(
            label="Did you both come to the same?",
            choices=[("yes", "Yes"), ("no", "No")],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose yes or no."},
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "on", Field.radios("agreed", legend_size=Size.SMALL, inline=True), Submit("shadow", "Keep this review")
        )
