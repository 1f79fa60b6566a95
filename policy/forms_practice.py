"""What an author says of a practice update, what the mentor answers, and what is said of a stage."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms

from accounts.models import Stage, StageChange
from policy.models import PracticeDraft, Review


class HandInForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is it?",
        choices=PracticeDraft.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it is."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Field.radios("kind", legend_size=Size.SMALL), Submit("hand_in", "Hand it to my mentor")
        )


class AnswerForm(forms.Form):
    """answer: "yes" or "no"; a no wants reason and note."""

    answer = forms.ChoiceField(
        label="Would you approve it?",
        choices=[("yes", "Yes"), ("no", "Not yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or not yet."},
    )
    reason = forms.ChoiceField(
        label="If not yet: why", choices=[("", "Choose"), *Review.Reason.choices], required=False
    )
    note = forms.CharField(
        label="A kind sentence",
        required=False,
        max_length=1_000,
        help_text="What would make it ready. With a yes it is welcome too.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Field.radios("answer", legend_size=Size.SMALL, inline=True),
            Field.select("reason"),
            "note",
            Submit("give", "Give this answer"),
        )


class WordsForm(forms.Form):
    """One field, whose name and label the page gives."""

    def __init__(self, *args: Any, name: str, label: str, button: str, hint: str = "", **kwargs: Any) -> None:
        places = kwargs.setdefault("auto_id", f"{name}_%s")
        super().__init__(*args, **kwargs)
        self.fields[name] = forms.CharField(
            label=label, help_text=hint, max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": "Say it in a sentence; its author reads it."},
        )  # fmt: skip
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(name, Submit(places % "go", button))


class DownForm(forms.Form):
    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="down_%s", **kwargs)
        below = [(one.value, one.label) for one in Stage if one.rank < Stage(stage).rank]
        kinds = [choice for choice in StageChange.Kind.choices if choice[0] not in StageChange.BY_TWO]
        self.fields["to"] = forms.ChoiceField(
            label="To which stage", choices=below, error_messages={"required": "Choose a stage."}
        )
        self.fields["kind"] = forms.ChoiceField(
            label="Because", choices=[("", "Choose"), *kinds], error_messages={"required": "Choose why."}
        )
        for name, label in (("why", "What happened"), ("way_back", "The way back")):
            self.fields[name] = forms.CharField(
                label=label, max_length=1_000, widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": "Say it in a sentence; its author reads it."},
            )  # fmt: skip
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Field.select("to"), Field.select("kind"), "why", "way_back",
            Submit("down", "Move down now", css_class="govuk-button--warning"),
        )  # fmt: skip
