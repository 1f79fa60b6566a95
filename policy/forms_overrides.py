"""Asking to be let through, and the answers: shape and cleaning only."""

from __future__ import annotations

from django import forms

from policy.appeals import LONGEST_RATIONALE, LONGEST_REASON
from policy.forms import DecisionForm


class AskForm(forms.Form):
    """fingerprint: of what the author was looking at."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Say in a sentence why it is wrong here: the DMC reads it.",
            "max_length": f"Keep the reason under {LONGEST_REASON} characters.",
        },
    )


class OverrideForm(DecisionForm):
    """The DMC's answer to one finding."""

    note = None  # type: ignore[assignment]
    lets_through = forms.TypedChoiceField(
        choices=[("yes", "Let it through"), ("no", "It stands")],
        coerce=lambda value: value == "yes",
        error_messages={"required": "Choose an answer.", "invalid_choice": "Choose an answer."},
    )
    false_positive = forms.BooleanField(required=False)
    rationale = forms.CharField(
        max_length=LONGEST_RATIONALE,
        error_messages={
            "required": "Say why, in a sentence: it stays with the post for good.",
            "max_length": f"Keep it under {LONGEST_RATIONALE:,} characters.",
        },
    )


class SecondForm(DecisionForm):
    """The second person on an absolute rule. Agreeing needs no words; disagreeing does."""

    note = None  # type: ignore[assignment]
    agrees = forms.TypedChoiceField(
        choices=[("yes", "Agree"), ("no", "Disagree")],
        coerce=lambda value: value == "yes",
        error_messages={"required": "Choose an answer.", "invalid_choice": "Choose an answer."},
    )
    rationale = forms.CharField(max_length=LONGEST_RATIONALE, required=False)

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        if said.get("agrees") is False and not said.get("rationale"):
            self.add_error("rationale", "Say why, in a sentence: it stays with the post for good.")
        return said
