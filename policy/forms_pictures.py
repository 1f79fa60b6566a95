"""Which pictures are withdrawn, and why: shape and cleaning only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from posts.models import Media


class WithdrawForm(forms.Form):
    pictures = forms.MultipleChoiceField(
        label="Which pictures?",
        error_messages={
            "required": "Choose at least one picture.",
            "invalid_choice": "Choose from the pictures on this page.",
        },
    )
    why = forms.CharField(
        label="Why must it not be shown again?",
        max_length=200,
        error_messages={
            "required": "Say why, in a sentence: whoever tries to use it again reads it.",
            "max_length": "Keep the reason under 200 characters.",
        },
    )

    def __init__(self, *args: Any, pictures: Iterable[Media], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(media.pk), media.original_name) for media in pictures]
        self.fields["pictures"].choices = offered  # type: ignore[attr-defined]
