"""What the DMC tells us about a line of a register: shape and cleaning only."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Submit
from django import forms

from policy.register_kinds import Register


class RegisterForm(forms.Form):
    """value, and of note, reference and ends_on those that this register asks for."""

    value = forms.CharField(max_length=120, error_messages={"required": "Write what should stand in the register."})
    note = forms.CharField(max_length=300, required=False)
    reference = forms.CharField(max_length=120, required=False)

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label, self.fields["value"].help_text = register.label, register.hint
        for name, label, required in (
            ("note", register.note, register.note_required),
            ("reference", register.reference, True),
        ):
            self.fields[name].label = label if required else f"{label} (optional)"
            if not label:
                del self.fields[name]
        if register.ends:
            label = "Last day" if register.ends == "must" else "Last day (optional)"
            self.fields["ends_on"] = forms.DateField(
                label=label,
                required=False,
                help_text="It still counts on that day.",
                widget=forms.DateInput(
                    attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"
                ),
                error_messages={"invalid": "Write the day as 27/03/2027."},
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *(Field.text(name, autocomplete="off") for name in self.fields),
            Submit("submit", "Add to the register"),
        )


class RetireForm(forms.Form):
    why = forms.CharField(
        label="Why should the check forget it?",
        max_length=300,
        error_messages={
            "required": "Say why, in a sentence: it stays beside the line.",
            "max_length": "Keep it under 300 characters.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(Field.text("why", autocomplete="off"), Submit("submit", "Retire this line"))
