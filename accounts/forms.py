"""What an administrator tells us about a channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms

from accounts.models import Channel
from platforms.base import Identity

WAYS = {
    Channel.Network.X: [
        Choice(
            "x",
            "The usual way (OAuth 1.0a)",
            hint="Stays connected until somebody ends it. Right for an account that nobody looks after every day.",
        ),
        Choice(
            "x-oauth2",
            "With limited permissions (OAuth 2.0)",
            hint="X gives only the permissions named on its page, and the console renews the login every two hours.",
        ),
    ],
    Channel.Network.FACEBOOK: [Choice("facebook", "Through Facebook’s dialog")],
}


class WayForm(forms.Form):
    """Which of the network's connect pages to use."""

    connector = forms.ChoiceField(
        label="How to connect", widget=forms.RadioSelect, error_messages={"required": "Choose how to connect."}
    )

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = WAYS[Channel.Network(channel.network)]
        self.fields["connector"].choices = ways
        self.fields["connector"].initial = ways[0].value
        if len(ways) == 1:
            self.fields["connector"].widget = forms.HiddenInput()
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.radios("connector", legend_size=Size.SMALL) if len(ways) > 1 else "connector",
            Submit("submit", f"Go on to {channel.get_network_display()}"),
        )


class PageForm(forms.Form):
    """Which of the Pages the person allowed is the channel's."""

    page = forms.ChoiceField(
        label="Which Page is it?", widget=forms.RadioSelect, error_messages={"required": "Choose a Page."}
    )

    def __init__(self, *args: Any, pages: Sequence[Identity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].choices = [
            Choice(page.external_id, page.name, hint=" ".join(page.problems) or _address(page)) for page in pages
        ]
        self.helper = FormHelper()
        self.helper.layout = Layout(Field.radios("page", legend_size=Size.SMALL), Submit("submit", "Connect this Page"))


def _address(page: Identity) -> str:
    return f"@{page.handle}" if page.handle else f"Page number {page.external_id}"
