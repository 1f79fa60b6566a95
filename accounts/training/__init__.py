"""Training: e-learning, workshops and the scenario test; whose stands, and until when."""

from accounts.training.standing import Standing, qualified

__all__ = ["Standing", "qualified"]
