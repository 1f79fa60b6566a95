"""A post template as a form: one field a blank."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size, Submit
from django import forms

from accounts.models import Team
from accounts.scoped import ScopedChoiceField
from posts.post_templates import Blank, Kind, PostTemplate

USE, LOOK = "use", "look"
_FIELD = "govuk-input govuk-input--width-10"


class _TeamField(ScopedChoiceField):
    def label_from_instance(self, team: Team) -> str:
        return team.full_name


class TemplateForm(forms.Form):
    """Fields: each blank by its name; `team` where the writer speaks for several."""

    def __init__(self, *args: Any, template: PostTemplate, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template, self.teams = template, teams
        if len(teams) > 1:
            self.fields["team"] = _TeamField(
                Team.objects.filter(pk__in=[team.pk for team in teams]).select_related("parent"),
                label="Which team speaks?",
                empty_label="Choose a team",
                error_messages={"required": "Choose the team that speaks."},
            )
        for blank in template.blanks:
            self.fields[blank.name] = _field(blank)
        self.helper = FormHelper()
        self.helper.layout = Layout(*map(self._laid_out, self.fields), *_buttons(template))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if isinstance(start, time) and isinstance(end, time) and end <= start:
            self.add_error("end", "It has to end after it begins.")
        return cleaned

    @property
    def team(self) -> Team:
        """Of a valid form: the team that speaks."""
        chosen: Team = self.cleaned_data.get("team", self.teams[0])
        return chosen

    @property
    def text(self) -> str:
        """The post's words. Of a form that is not valid: as far as it has come."""
        return self.template.fill({name: _said(value) for name, value in self.cleaned_data.items() if name != "team"})

    def _laid_out(self, name: str) -> Any:
        kind = next((blank.kind for blank in self.template.blanks if blank.name == name), Kind.CHOICE)
        if kind == Kind.LINES:
            return Field.textarea(name, rows=2, label_size=Size.SMALL)
        if kind == Kind.CHOICE:
            return Field.select(name, label_size=Size.SMALL)
        return Field.text(name, label_size=Size.SMALL, autocomplete="off")


def _buttons(template: PostTemplate) -> tuple[Any, ...]:
    use = Submit(USE, "Make it a draft")
    return (use, Button.secondary(LOOK, "Show how it reads")) if template.blanks else (use,)


def _field(blank: Blank) -> forms.Field:
    label = blank.label if blank.required else f"{blank.label} (optional)"
    facts: dict[str, Any] = {
        "label": label,
        "help_text": blank.hint,
        "required": blank.required,
        "error_messages": {
            "required": f"Fill in “{blank.label.lower()}”.",
            "invalid": f"Check “{blank.label.lower()}”.",
        },
    }
    if blank.kind == Kind.NUMBER:
        least, most = blank.limits
        return forms.IntegerField(min_value=least, max_value=most, widget=forms.NumberInput(), **facts)
    if blank.kind == Kind.DAY:
        return forms.DateField(
            widget=forms.DateInput(attrs={"type": "date", "class": _FIELD}, format="%Y-%m-%d"), **facts
        )
    if blank.kind == Kind.CLOCK:
        return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time", "class": _FIELD}, format="%H:%M"), **facts)
    if blank.kind == Kind.CHOICE:
        return forms.ChoiceField(choices=[("", "Choose"), *blank.choices], **facts)
    widget = forms.Textarea() if blank.kind == Kind.LINES else forms.TextInput()
    return forms.CharField(max_length=blank.longest, widget=widget, **facts)


def _said(value: Any) -> str:
    """As people say it: "Saturday 14 March", "11am", "6.30pm"."""
    if isinstance(value, date):
        return f"{value:%A} {value.day} {value:%B}"
    if isinstance(value, time):
        minutes = f".{value.minute:02}" if value.minute else ""
        return "noon" if value == time(12) else f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"
    return "" if value is None else str(value).strip().rstrip(".,; ")
