"""What people tell us about a post or a hold: shape and cleaning only."""

from __future__ import annotations

from django import forms

from accounts.keys import key_in
from policy.comments import LONGEST as LONGEST_COMMENT
from policy.comments import LONGEST_QUOTE
from policy.declarations import QUESTIONS, Answers
from policy.disagreements import LONGEST_WHY
from policy.models import Review

LONGEST_NOTE = 1000
YES_NO = (("yes", "Yes"), ("no", "No"))

# Whole sentences that are said again and again; the reviewer picks one and goes on.
SNIPPETS = {
    Review.Reason.LEGAL: (
        "Say what happened, not who did it: the court decides that.",
        "Leave out the evidence until the case is over.",
    ),
    Review.Reason.PRIVACY: (
        "Leave out the street, or say the area instead.",
        "Ask the people in the picture first, or choose one without faces.",
    ),
    Review.Reason.VICTIM_CARE: (
        "Ask the victim or the family liaison officer before it goes out.",
        "Leave out the details of what was done to them.",
    ),
    Review.Reason.SAFETY: (
        "Wait until officers have left before you say where they are.",
        "Leave out how it was found or done.",
    ),
    Review.Reason.TONE: (
        "Thank people first, then say what comes next.",
        "Say it as you would at the ward panel.",
    ),
    Review.Reason.ACCURACY: (
        "Give the weekday with the date, and check that they agree.",
        "Say where the number comes from and over which time.",
    ),
    Review.Reason.ACCESSIBILITY: (
        "Describe what the picture shows for somebody who cannot see it.",
        "Use shorter sentences and no abbreviations.",
    ),
    Review.Reason.CONTACT_ROUTE: (
        "Add: report crime on 101 or online, in an emergency call 999.",
        "This page is not watched around the clock: say where questions are answered.",
    ),
    Review.Reason.OFF_TOPIC: (
        "Say what it means for your ward, or leave it to the borough.",
        "Tie it to one of the priorities that residents set.",
    ),
    Review.Reason.TIMING: (
        "Hold it until after the event or the funeral.",
        "Send it in the morning, when people can still act on it.",
    ),
}

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


class SuggestForm(DecisionForm):
    """A yes with a word for the next time."""

    note = forms.CharField(
        max_length=LONGEST_NOTE,
        error_messages={"required": "Write your suggestion, or approve without one."},
    )


class CommentForm(forms.Form):
    """Words of the text, chosen as a sentence or copied, and what is said about them.

    place: "<channel>:<sentence>" as the page offers it; quote narrows it, or stands alone; near: where it was marked.
    """

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    place = forms.CharField(max_length=LONGEST_QUOTE + 20, required=False)
    quote = forms.CharField(max_length=LONGEST_QUOTE, required=False)
    near = forms.IntegerField(min_value=0, max_value=100_000, required=False)
    words = forms.CharField(
        max_length=LONGEST_COMMENT,
        error_messages={
            "required": "Write your comment.",
            "max_length": f"Keep it under {LONGEST_COMMENT} characters.",
        },
    )

    def about(self) -> dict[str, object]:
        """For policy.comments.say: which channel's text, and which words of it."""
        channel, _, sentence = self.cleaned_data["place"].partition(":")
        quote = self.cleaned_data["quote"].strip() or sentence
        return {"channel": key_in(channel) or 0, "quote": quote, "near": self.cleaned_data["near"] or 0}


class DisagreeForm(forms.Form):
    """Why the author holds against the decision."""

    why = forms.CharField(
        max_length=LONGEST_WHY,
        error_messages={
            "required": "Say why you see it differently.",
            "max_length": f"Keep it under {LONGEST_WHY:,} characters.",
        },
    )


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
