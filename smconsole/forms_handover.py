"""Who takes over, and whether for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms

from accounts.models import User


class SuccessorForm(forms.Form):
    """to: a person's key; until: the last day of one who only covers, None for good;
    last_day: of who leaves, None for at once."""

    to = forms.ChoiceField(
        label="Who takes over?", widget=forms.RadioSelect, error_messages={"required": "Choose who takes over."}
    )
    until = forms.DateField(
        label="Last day, if they only cover",
        required=False,
        help_text="Leave it empty when they take over for good. Their access ends at midnight after that day.",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 27/03/2027."},
    )

    last_day = forms.DateField(
        label="The last day of who leaves, if it is still to come",
        required=False,
        help_text="Two weeks are usual. Both write until then; at 23:59 everything moves and their access ends.",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 27/03/2027."},
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["to"].choices = [
            Choice(key, person.display_name, hint=_posts(person)) for key, person in self.people.items()
        ]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Field.radios("to", legend_size=Size.MEDIUM),
            "last_day",
            "until",
            Submit("", "Show what moves", formnovalidate=True),
        )

    @property
    def successor(self) -> User:
        return self.people[self.cleaned_data["to"]]


def _posts(person: User) -> str:
    held = getattr(person, "held", [])
    return ", ".join(f"{one.get_role_display()}, {one.team.full_name}" for one in held[:2]) or "No appointment yet"
