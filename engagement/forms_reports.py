"""Which report somebody wants."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout, Submit
from django import forms
from django.db.models import Case, QuerySet, Value, When

from accounts.models import Team
from accounts.scoped import ScopedChoiceField

KINDS = (Team.Kind.FORCE, Team.Kind.BOROUGH, Team.Kind.UNIT, Team.Kind.CORPORATE, Team.Kind.WARD)
DAY = {"invalid": "Enter the day as a date, like 1 April 2026.", "required": "Choose a day."}


class AreaField(ScopedChoiceField):
    def label_from_instance(self, team: Team) -> str:
        return "The whole force" if team.kind == Team.Kind.FORCE else team.full_name


class ReportForm(forms.Form):
    """team, first, last. It begins with the widest area and the last whole financial year, or the one so far."""

    def __init__(self, *args: Any, teams: QuerySet[Team], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(KINDS)))
        offered = teams.order_by(order, "name", "code")
        self.fields["team"] = AreaField(
            offered,
            label="Area",
            empty_label=None,
            error_messages={"invalid_choice": "Choose an area from the list.", "required": "Choose an area."},
        )
        first, last = financial_year(today)
        for name, label, day in (("first", "First day", first), ("last", "Last day", last)):
            widget = forms.DateInput(
                attrs={"type": "date", "max": today.isoformat(), "class": "govuk-input govuk-input--width-10"},
                format="%Y-%m-%d",
            )
            self.fields[name] = forms.DateField(label=label, widget=widget, initial=day, error_messages=DAY)
        self.helper = FormHelper()
        self.helper.layout = Layout("team", "first", "last", Submit("make", "Make the report"))


def financial_year(today: date) -> tuple[date, date]:
    """From 1 April: the year so far, or in its first month the whole year before, which is due then. Pure."""
    begun = date(today.year if today >= date(today.year, 4, 1) else today.year - 1, 4, 1)
    if today.month == 4:
        return date(begun.year - 1, 4, 1), date(begun.year, 3, 31)
    return begun, today
