"""One line of the table of who must agree. Shape only: policy.route_table says what may stand."""

from __future__ import annotations

from datetime import date

from django import forms

from policy.route_table import AGREEMENTS, ANY, KINDS, PERIODS, ROUTES, STAGES, Line


class LineForm(forms.Form):
    """When it counts, and who must agree then."""

    stage = forms.ChoiceField(
        label="Author", choices=[(ANY, "Any author"), *((key, f"Author {words}") for key, words in STAGES.items())]
    )
    route = forms.ChoiceField(
        label="The check finds",
        choices=[(ANY, "Anything or nothing"), *((str(key), words.capitalize()) for key, words in ROUTES.items())],
    )
    kind = forms.ChoiceField(
        label="Channel",
        choices=[(ANY, "Any channel"), *((key, f"{words.capitalize()} channels") for key, words in KINDS.items())],
    )
    period = forms.ChoiceField(
        label="Time", choices=[(ANY, "At any time"), *((key, words.capitalize()) for key, words in PERIODS.items())]
    )
    agreement = forms.ChoiceField(label="Who must agree", choices=list(AGREEMENTS.items()))

    @property
    def key(self) -> str:
        return Line(**self.cleaned_data).key


class DayForm(forms.Form):
    """A day up to today."""

    on = forms.DateField(required=False, error_messages={"invalid": "Write the day as 04/05/2026."})

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day is not None and day > self.today:
            raise forms.ValidationError("That day has not come. Choose today or a day before.")
        return day
