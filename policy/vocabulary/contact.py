"""Words by which a post asks people to write to it."""

from __future__ import annotations

LISTS = {
    # A cheap first look: without one of these no invitation is looked for.
    "social_channel": """
        facebook, twitter, instagram, social media, tag, dm/s, dm'd, dming, pm, message, messages, msg, inbox, tweet,
        tweets, comment/s, commenting, reply, replies, replying, respond, below, underneath, here, messenger,
        whatsapp, post, direct message/s, thread,
        comments, dm's, inboxes, insta, snapchat, tagging, whats app, slide into, in the chat, the page
    """,
}
