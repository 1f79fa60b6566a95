"""What is written about accounts that may pretend to be ours."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size, Submit
from django import forms

from accounts.models import Channel, Impersonation, ImpersonationStep
from accounts.provisioning.forms import TextField
from accounts.provisioning.impersonation import ENDINGS

Kind, Done = Impersonation.Kind, ImpersonationStep.Kind


class ReportForm(forms.Form):
    """An account that may mislead. Nothing is asked about whoever is behind it."""

    network = forms.ChoiceField(
        label="Where is it?",
        choices=Channel.Network.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a network."},
    )
    handle = forms.CharField(
        label="Its name there",
        max_length=60,
        help_text="As its page shows it: @MPSHomertonn.",
        error_messages={"required": "Write its name."},
    )
    name = forms.CharField(label="Display name, if it differs", max_length=120, required=False)
    url = forms.URLField(
        label="Its address, if you have it",
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput,
        error_messages={"invalid": "Write the whole address, with https://."},
    )
    kind = forms.ChoiceField(
        label="What is it?", choices=Kind.choices, widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )
    seen = TextField(
        "What does it show or do?",
        longest=1000,
        help_text="Only the account and its posts. Do not look up, or write down, who is behind it.",
    )
    risky = forms.BooleanField(label="Somebody may come to harm through it", required=False)
    screenshot = forms.FileField(label="Screenshot", required=False, help_text="PNG, JPEG or WebP, 5 MB or less.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.radios("network", legend_size=Size.SMALL, inline=True),
            Field.text("handle", autocomplete="off", autocapitalize="off", spellcheck="false"),
            Field.text("name", autocomplete="off"),
            Field.text("url", autocomplete="off"),
            Field.radios("kind", legend_size=Size.SMALL),
            "seen",
            "risky",
            "screenshot",
            Submit("submit", "Report it"),
        )


class StepForm(forms.Form):
    """kind, words."""

    kind = forms.ChoiceField(
        label="What was done?", widget=forms.RadioSelect, error_messages={"required": "Choose what was done."}
    )
    words = TextField("In words, and where it is kept", longest=600, rows=2)

    def __init__(self, *args: Any, matter: Impersonation, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="step_%s", **kwargs)
        kinds = [Done.REPORTED, Done.NOTICE, Done.NOTE] if matter.kind == Kind.PRETENDS else [Done.NOTE]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Field.radios("kind", legend_size=Size.SMALL), "words", Button.secondary("go", "Write it down")
        )


class EndForm(forms.Form):
    """outcome, words."""

    outcome = forms.ChoiceField(
        label="How did it end?", widget=forms.RadioSelect, error_messages={"required": "Choose how it ended."}
    )
    words = TextField("More, if there is more to say", longest=600, rows=2, required=False)

    def __init__(self, *args: Any, matter: Impersonation, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="end_%s", **kwargs)
        self.fields["outcome"].choices = [(one.value, one.label) for one in ENDINGS[Kind(matter.kind)]]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Field.radios("outcome", legend_size=Size.SMALL), "words", Submit("go", "Close the matter")
        )


class PictureForm(forms.Form):
    """screenshot."""

    screenshot = forms.FileField(
        label="Screenshot",
        help_text="PNG, JPEG or WebP, 5 MB or less.",
        error_messages={"required": "Choose a picture."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("screenshot", Button.secondary("go", "Keep it"))
