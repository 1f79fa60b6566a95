"""What the administrator tells us of money, in US dollars; kept as millionths."""

from __future__ import annotations

from decimal import Decimal

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fixed, Layout, Submit
from django import forms

from publishing.models import Budget, Kind
from publishing.money import MICROS

NOT_A_SUM = {"required": "Enter an amount in US dollars.", "invalid": "Enter an amount in US dollars, such as 120."}
_DECIMAL = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


class Dollars(forms.DecimalField):
    """An amount in US dollars; its value is whole millionths."""

    def __init__(self, *, places: int, **kwargs: object) -> None:
        facts = {"min_value": Decimal(0), "max_value": Decimal(1_000_000), "decimal_places": places}
        super().__init__(**{**facts, "widget": _DECIMAL, "error_messages": NOT_A_SUM, "max_digits": 12, **kwargs})

    def clean(self, value: object) -> int | None:
        amount = super().clean(str(value or "").replace("$", "").replace(",", "").strip())
        return None if amount is None else int(amount * MICROS)


class PriceForm(forms.Form):
    """A price of X from a day on."""

    kind = forms.ChoiceField(label="What for", choices=Kind.choices)
    micros = Dollars(label="Price of one, in US dollars", places=6, help_text="For example 0.015")
    from_day = forms.DateField(
        label="From which day",
        help_text="X charges by UTC days.",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"required": "Say from which day.", "invalid": "Write the day as 1/12/2026."},
    )
    source = forms.CharField(
        label="Where does it stand?",
        max_length=300,
        error_messages={"required": "Say where this price stands, so that others can check it."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        fields = [
            Field.select("kind"),
            Field.text("micros", field_width=Fixed.TEN),
            Field.text("from_day"),
            Field.text("source"),
        ]
        self.helper.layout = Layout(*fields, Submit("submit", "Save this price"))


class BudgetForm(forms.Form):
    """What a place may spend each month."""

    micros = Dollars(label="For each month, in US dollars", places=2)
    reserve = Dollars(
        label="Of that, kept for urgent posts",
        places=2,
        help_text="Posts of the corporate channels, appeals for a person, and what the DMC clears for safety.",
    )

    def __init__(self, *args: object, budget: Budget | None = None, **kwargs: object) -> None:
        if budget is not None:
            kwargs["initial"] = {name: f"{getattr(budget, name) / MICROS:.2f}" for name in ("micros", "reserve")}
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("micros", field_width=Fixed.TEN),
            Field.text("reserve", field_width=Fixed.TEN),
            Submit("submit", "Save this budget"),
        )
