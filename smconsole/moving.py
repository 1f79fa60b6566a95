"""What a person hands over, room by room; the lower room first, so that a page reads from updates to cases."""

from __future__ import annotations

from policy import handing as of_policy
from posts import handing as of_posts
from publishing import handing as of_publishing

PARTS = (of_posts.PART, of_policy.PART, of_publishing.PART)
