"""Choosing among rows: a key that is real and was not on offer was put in by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.keys import key_in


class ScopedChoiceField(forms.ModelChoiceField):
    """Raises PermissionDenied (403, with its line in the audit) for a row of the same kind that was not offered."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as wrong:
            if wrong.code == "invalid_choice" and self._is_a_row(value):
                raise PermissionDenied("This is not among what you may choose.") from None
            raise

    def _is_a_row(self, value: Any) -> bool:
        key = key_in(value)
        return key is not None and self.queryset.model.objects.filter(pk=key).exists()
