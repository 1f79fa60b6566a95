"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def console(request: HttpRequest) -> dict[str, Any]:
    """FORCE_NAME and whether this console speaks to a simulation (`simulated`)."""
    return {"force_name": settings.FORCE_NAME, "simulated": settings.PLATFORMS.sandboxed}
