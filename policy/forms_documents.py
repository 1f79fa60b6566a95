"""A version of a policy in writing: shape and cleaning only."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Submit
from django import forms


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
        asked = [Field.textarea("summary"), Field.textarea("changes"), Field.textarea("text"), "demands"]
        if first:
            asked = [asked[0], asked[2]]
        self.helper.layout = Layout(*asked, Submit("submit", "Keep this version"))

    def said(self) -> dict[str, Any]:
        return {"changes": "", "demands": True, **self.cleaned_data}
