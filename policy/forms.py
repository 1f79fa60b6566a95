"""What people tell us about a post or a hold: shape and cleaning only."""

from __future__ import annotations

from django import forms

from policy.declarations import QUESTIONS, Answers
from policy.models import Review

LONGEST_NOTE = 1000
YES_NO = (("yes", "Yes"), ("no", "No"))

# Half a kind sentence for each reason; the reviewer finishes it.
STARTERS = {
    Review.Reason.LEGAL: "Thank you for this. Because the case is still live, please ",
    Review.Reason.PRIVACY: "Good to share. Somebody could be recognised from this, so please ",
    Review.Reason.VICTIM_CARE: "Thank you. Reading this as the person it happened to, please ",
    Review.Reason.SAFETY: "Useful update. To keep officers and residents safe, please ",
    Review.Reason.TONE: "The facts are right. To sound like you on a calm day, please ",
    Review.Reason.ACCURACY: "Nearly there. Please check ",
    Review.Reason.ACCESSIBILITY: "Good post. So that everybody can read it, please ",
    Review.Reason.CONTACT_ROUTE: "Good to invite people in. So that they reach the right place, please ",
    Review.Reason.OFF_TOPIC: "Thank you. Residents follow this channel for your ward, so please ",
    Review.Reason.TIMING: "Good words, difficult moment. Please ",
}


class TapsForm(forms.Form):
    """The three taps: all of them, or none where their author leaves it to a mentor."""

    arrested = forms.ChoiceField(choices=YES_NO, required=False)
    identifiable = forms.ChoiceField(choices=YES_NO, required=False)
    finished = forms.ChoiceField(choices=YES_NO, required=False)

    def clean(self) -> dict[str, str]:
        said = {name: self.cleaned_data.get(name, "") for name in self.fields}
        if any(said.values()) and not all(said.values()):
            raise forms.ValidationError("Answer all three questions, or leave it to a mentor.")
        return said

    def rows(self) -> list[tuple[str, str, str]]:
        """Name, question and what was tapped."""
        return [(name, question, str(self.data.get(name, ""))) for name, question in QUESTIONS]

    @property
    def answers(self) -> Answers | None:
        """None where nothing was answered."""
        said = {name: answer == "yes" for name, answer in self.cleaned_data.items() if answer}
        return Answers(**said) if said else None


class DecisionForm(forms.Form):
    """Every decision carries the fingerprint of what the reviewer saw."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(max_length=LONGEST_NOTE, required=False)


class SendBackForm(DecisionForm):
    """A reason code and a sentence: it is coaching, and it is kept."""

    reason = forms.ChoiceField(
        choices=Review.Reason.choices,
        error_messages={"required": "Choose a reason.", "invalid_choice": "Choose a reason from the list."},
    )
    note = forms.CharField(
        max_length=LONGEST_NOTE,
        error_messages={
            "required": "Say in a sentence what would make it ready.",
            "max_length": f"Keep it under {LONGEST_NOTE:,} characters.",
        },
    )

    def clean_note(self) -> str:
        """A starter on its own is no coaching."""
        note = str(self.cleaned_data["note"]).strip()
        if note in {starter.strip() for starter in STARTERS.values()}:
            raise forms.ValidationError("Finish the sentence: what would make it ready?")
        return note
