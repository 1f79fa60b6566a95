"""A version of a policy in writing: shape and cleaning only."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Submit
from django import forms
from django.db.models import QuerySet

from accounts.models import User
from policy.models import Document


class DocumentForm(forms.Form):
    """key: its short name in addresses, which never changes."""

    title = forms.CharField(
        label="Title", max_length=120, error_messages={"required": "Say what the policy is called."}
    )
    key = forms.SlugField(
        label="Short name",
        max_length=40,
        help_text="For its address: “professional”, “personal”. It never changes.",
        error_messages={
            "required": "Give it a short name.",
            "invalid": "Use small letters, figures and hyphens only.",
        },
    )
    body = forms.ChoiceField(label="Who owns it", choices=Document.Body.choices)
    owner = forms.ModelChoiceField(
        label="Who answers for its review",
        queryset=User.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose somebody: they are reminded of the review."},
    )
    review_on = forms.DateField(
        label="Look at it again by",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the day of its next review.", "invalid": "Write the day as 27/03/2027."},
    )

    def __init__(self, *args: Any, owners: QuerySet[User], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("title", autocomplete="off"),
            Field.text("key", autocomplete="off"),
            Field.select("body"),
            Field.select("owner"),
            Field.text("review_on"),
            Submit("submit", "Begin this policy"),
        )

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        if day <= self.today:
            raise forms.ValidationError("Choose a day that is still to come.")
        return day


class VersionForm(forms.Form):
    summary = forms.CharField(
        label="In short",
        max_length=2000,
        help_text="What it asks of people, in a few plain sentences. It stands on top.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say in a few plain sentences what it asks of people."},
    )
    changes = forms.CharField(
        label="What is new",
        max_length=2000,
        required=False,
        help_text="For those who know the version before.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label="The policy",
        max_length=60_000,
        help_text="Markdown: # for a heading, - for a list, **bold**.",
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": "Write the policy."},
    )
    demands = forms.BooleanField(
        label="Everybody has to confirm this version", required=False, help_text="Within 14 days of its publication."
    )

    def __init__(self, *args: Any, first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["changes"], self.fields["demands"]
        self.helper = FormHelper()
        asked = [
            Field.textarea("summary", rows=5),
            Field.textarea("changes", rows=3),
            Field.textarea("text", rows=18),
            "demands",
        ]
        if first:
            asked = [asked[0], asked[2]]
        self.helper.layout = Layout(*asked, Submit("submit", "Keep this version"))

    def said(self) -> dict[str, Any]:
        return {"changes": "", "demands": True, **self.cleaned_data}
