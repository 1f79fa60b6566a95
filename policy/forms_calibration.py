"""What a second look says. Shape only."""

from __future__ import annotations

from django import forms

from policy.models import Review, SecondLook


class LookForm(forms.Form):
    decision = forms.ChoiceField(
        choices=SecondLook.Decision.choices, error_messages={"required": "Choose whether it is ready."}
    )
    reason = forms.ChoiceField(choices=[("", "Choose one"), *Review.Reason.choices], required=False)
    note = forms.CharField(max_length=1000, required=False)
