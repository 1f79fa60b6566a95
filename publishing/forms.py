"""What a person tells us about a post in doubt."""

from __future__ import annotations

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms


class DecideForm(forms.Form):
    """public: "yes" or "no"; permalink: where it was seen, needed for yes."""

    public = forms.ChoiceField(
        label="What do you see?",
        choices=[("yes", "The post is there"), ("no", "It is not there")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you can see the post."},
    )
    permalink = forms.URLField(
        label="Its address, if you can see it",
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text="Open the post on the network and copy the address from the browser.",
        error_messages={"invalid": "Copy the whole address, beginning with https://."},
    )

    def __init__(self, *args: object, network: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public"].help_text = f"Open the channel on {network} and look for it before you answer."
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.radios("public", legend_size=Size.SMALL),
            Field.text("permalink"),
            Submit("submit", "Save what I saw"),
        )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("public") == "yes" and not cleaned.get("permalink") and "permalink" not in self.errors:
            self.add_error("permalink", "Add the address where you see it.")
        return cleaned
