"""The table: every address of the sandbox. A new endpoint is a function and a line here."""

from __future__ import annotations

from sandbox import (
    control,
    facebook_auth,
    facebook_batch,
    facebook_insights,
    facebook_objects,
    facebook_photos,
    facebook_posts,
    facebook_subscriptions,
    ground_truth,
    hooks,
    pages,
    postman,
    x_media,
    x_oauth1,
    x_oauth2,
    x_posts,
    x_users,
)
from sandbox.facebook_door import GraphDoor
from sandbox.router import Route
from sandbox.x_door import XDoor

READ = ("tweet.read", "users.read")
WRITE = ("tweet.read", "tweet.write", "users.read")
GRAPH = GraphDoor()
GRAPH_OPEN = GraphDoor(needs_token=False)

X = (
    Route("POST", "/x/oauth/request_token", x_oauth1.request_token, XDoor("oauth", "open")),
    Route("POST", "/x/oauth/access_token", x_oauth1.access_token, XDoor("oauth", "open")),
    Route("GET", "/x/oauth/authorize", x_oauth1.ask),
    Route("POST", "/x/oauth/authorize", x_oauth1.decide),
    Route("GET", "/x/oauth/authenticate", x_oauth1.ask),
    Route("POST", "/x/oauth/authenticate", x_oauth1.decide),
    Route("POST", "/x/2/oauth2/token", x_oauth2.token, XDoor("oauth", "open")),
    Route("POST", "/x/2/oauth2/revoke", x_oauth2.revoke, XDoor("oauth", "open")),
    Route("POST", "/x/2/tweets", x_posts.create, XDoor("post_create", "user", WRITE)),
    Route("GET", "/x/2/tweets", x_posts.lookup, XDoor("post_lookup", "any", READ)),
    Route("GET", "/x/2/tweets/{id}", x_posts.lookup_one, XDoor("post_lookup", "any", READ)),
    Route("DELETE", "/x/2/tweets/{id}", x_posts.delete, XDoor("post_delete", "user", WRITE)),
    Route("GET", "/x/2/users/me", x_users.me, XDoor("me", "user", READ)),
    Route("GET", "/x/2/users", x_users.many, XDoor("user_lookup", "any", READ)),
    Route("GET", "/x/2/users/by/username/{name}", x_users.by_name, XDoor("user_lookup", "any", READ)),
    Route("GET", "/x/2/users/{id}", x_users.by_id, XDoor("user_lookup", "any", READ)),
    Route("GET", "/x/2/users/{id}/tweets", x_users.posts, XDoor("user_posts", "any", READ)),
    Route("GET", "/x/2/users/{id}/mentions", x_users.mentions, XDoor("user_mentions", "any", READ)),
    Route("GET", "/x/2/usage/tweets", x_users.usage, XDoor("usage", "any")),
    Route("POST", "/x/2/media/upload", x_media.upload, XDoor("media_upload", "user", ("media.write",))),
    Route("GET", "/x/2/media/upload", x_media.status, XDoor("media_upload", "user", ("media.write",))),
    Route("POST", "/x/2/media/upload/initialize", x_media.initialize, XDoor("media_upload", "user", ("media.write",))),
    Route("POST", "/x/2/media/upload/{id}/append", x_media.append, XDoor("media_upload", "user", ("media.write",))),
    Route("POST", "/x/2/media/upload/{id}/finalize", x_media.finalize, XDoor("media_upload", "user", ("media.write",))),
    Route("POST", "/x/2/media/metadata", x_media.metadata, XDoor("media_metadata", "user", ("media.write",))),
    Route("POST", "/x-upload/1.1/media/upload.json", x_media.gone, XDoor("media_upload", "open")),
    Route("POST", "/x-upload/1.1/media/metadata/create.json", x_media.gone, XDoor("media_metadata", "open")),
)

FACEBOOK = (
    Route("GET", "/fb/", facebook_objects.read_many, GRAPH),
    Route("GET", "/fb/oauth/access_token", facebook_auth.access_token, GRAPH_OPEN),
    Route("POST", "/fb/oauth/access_token", facebook_auth.access_token, GRAPH_OPEN),
    Route("GET", "/fb/debug_token", facebook_auth.debug, GRAPH),
    Route("GET", "/fb/{id}/accounts", facebook_auth.my_pages, GRAPH),
    Route("GET", "/fb/{id}/permissions", facebook_auth.permissions, GRAPH),
    Route("DELETE", "/fb/{id}/permissions", facebook_auth.withdraw, GRAPH),
    Route("GET", "/fb/{id}/insights", facebook_insights.read, GRAPH),
    Route("POST", "/fb/{id}/feed", facebook_posts.create, GRAPH),
    Route("GET", "/fb/{id}/feed", facebook_posts.listing, GRAPH),
    Route("GET", "/fb/{id}/posts", facebook_posts.listing, GRAPH),
    Route("GET", "/fb/{id}/published_posts", facebook_posts.listing, GRAPH),
    Route("GET", "/fb/{id}/scheduled_posts", facebook_posts.planned_listing, GRAPH),
    Route("POST", "/fb/{id}/photos", facebook_photos.create, GRAPH),
    Route("POST", "/fb/{id}/subscribed_apps", facebook_subscriptions.subscribe, GRAPH),
    Route("GET", "/fb/{id}/subscribed_apps", facebook_subscriptions.listing, GRAPH),
    Route("DELETE", "/fb/{id}/subscribed_apps", facebook_subscriptions.unsubscribe, GRAPH),
    Route("GET", "/fb/{id}/comments", facebook_objects.comments, GRAPH),
    Route("POST", "/fb/{id}/comments", facebook_objects.write_comment, GRAPH),
    Route("GET", "/fb/{id}", facebook_objects.read, GRAPH),
    Route("POST", "/fb/{id}", facebook_objects.write, GRAPH),
    Route("DELETE", "/fb/{id}", facebook_objects.remove, GRAPH),
)

CONTROL = (
    Route("GET", "/_sandbox/health", control.health),
    Route("POST", "/_sandbox/reset", control.reset),
    Route("GET", "/_sandbox/accounts", control.list_accounts),
    Route("POST", "/_sandbox/accounts", control.add_account),
    Route("POST", "/_sandbox/accounts/{id}", control.change_account),
    Route("POST", "/_sandbox/tokens", control.mint_token),
    Route("GET", "/_sandbox/faults", control.list_faults),
    Route("POST", "/_sandbox/faults", control.add_fault),
    Route("DELETE", "/_sandbox/faults", control.clear_faults),
    Route("DELETE", "/_sandbox/faults/{id}", control.clear_faults),
    Route("GET", "/_sandbox/clock", control.clock),
    Route("POST", "/_sandbox/clock", control.advance_clock),
    Route("GET", "/_sandbox/requests", control.list_requests),
    Route("GET", "/_sandbox/reads", control.list_reads),
    Route("GET", "/_sandbox/posts", ground_truth.list_posts),
    Route("POST", "/_sandbox/posts", ground_truth.add_post),
    Route("DELETE", "/_sandbox/posts/{id}", ground_truth.remove_post),
    Route("GET", "/_sandbox/webhooks", hooks.listing),
    Route("DELETE", "/_sandbox/webhooks", hooks.forget),
    Route("GET", "/_sandbox/media/{id}", ground_truth.media),
    Route("POST", "/_sandbox/engage", ground_truth.engage),
    Route("POST", "/_sandbox/comments", ground_truth.comment),
    Route("POST", "/_sandbox/tick", control.tick),
    Route("GET", "/_sandbox/config", control.configure),
    Route("POST", "/_sandbox/config", control.configure),
)

BATCH = (
    Route("POST", "/fb/", facebook_batch.over(FACEBOOK), GRAPH_OPEN),
    Route("POST", "/fb", facebook_batch.over(FACEBOOK), GRAPH_OPEN),
    Route("GET", "/fb", facebook_objects.read_many, GRAPH),
)

PAGES = (
    Route("GET", "/x-www/i/oauth2/authorize", x_oauth2.ask),
    Route("POST", "/x-www/i/oauth2/authorize", x_oauth2.decide),
    Route("GET", "/x-www/media/{id}", ground_truth.media),
    Route("GET", "/x-www/{handle}", pages.x_timeline),
    Route("GET", "/x-www/{handle}/status/{id}", pages.x_status),
    Route("GET", "/fb-www/dialog/oauth", facebook_auth.ask),
    Route("POST", "/fb-www/dialog/oauth", facebook_auth.decide),
    Route("GET", "/fb-www/{version}/dialog/oauth", facebook_auth.ask),
    Route("POST", "/fb-www/{version}/dialog/oauth", facebook_auth.decide),
    Route("GET", "/fb-www/media/{id}", ground_truth.media),
    Route("GET", "/fb-www/{page}", pages.facebook_page),
    Route("GET", "/fb-www/{page}/posts/{id}", pages.facebook_post),
    Route("GET", "/", pages.index),
    Route("GET", "/_sandbox", pages.index),
    Route("GET", "/_sandbox/", pages.index),
    Route("GET", "/_sandbox/style.css", pages.style),
    Route("GET", "/favicon.ico", pages.icon),
)

ROUTES = X + FACEBOOK + BATCH + CONTROL + PAGES

# These speak to whoever listens and wait for the answer, so nothing of the sandbox may be locked meanwhile.
OUTSIDE = (
    Route("POST", "/_sandbox/webhooks", hooks.register),
    Route("POST", "/_sandbox/webhooks/flush", postman.flush),
)
