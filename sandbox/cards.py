"""One post as its network shows it: words, pictures with their descriptions, counts, comments."""

from __future__ import annotations

import json
import re
from html import escape
from string import Template

from sandbox import ledger, x_text
from sandbox.html import avatar, number_words, time_element
from sandbox.store import Row
from sandbox.wire import Request
from sandbox.world import World

CARD = Template("""<article class="card post $extra" id="post-$id">$avatar
<div class="inside">
<p class="by"><strong>$name</strong> <span class="handle">$handle</span>
<span class="when"><a href="$permalink">$time</a>$edited</span></p>
<p class="words">$words</p>
$pictures$link
<ul class="counts" aria-label="Counts">$counts</ul>
$comments
</div>
</article>
""")
FIGURE = Template("""<figure><img src="/x-www/media/$id" alt="$alt" width="$width" height="$height">
<figcaption>$caption</figcaption></figure>
""")
COMMENT = Template("""<li id="comment-$id" class="$kind"><p><strong>$name</strong> <span class="when">$time</span></p>
<p>$message</p></li>
""")


def address(account: Row) -> str:
    """The account's own page."""
    return f"/{'x-www' if account['network'] == 'x' else 'fb-www'}/{escape(account['handle'])}"


def handle_words(account: Row) -> str:
    return ("@" if account["network"] == "x" else "") + escape(account["handle"])


def permalink(account: Row, post: Row) -> str:
    if account["network"] == "x":
        return f"{address(account)}/status/{post['id']}"
    return f"{address(account)}/posts/{post['id'].partition('_')[2]}"


def card(world: World, request: Request, account: Row, post: Row, *, alone: bool = False) -> str:
    return CARD.substitute(
        extra="alone" if alone else "",
        id=post["id"],
        avatar=avatar(account["name"]),
        name=escape(account["name"]),
        handle=handle_words(account),
        permalink=permalink(account, post),
        time=time_element(post["published_at"], request.now),
        edited=" · edited" if post["edited_at"] else "",
        words=x_words(post) if post["network"] == "x" else plain_words(post["stored"]),
        pictures=_pictures(world, post),
        link=_link(post["link"]),
        counts=_counts(world, request, post),
        comments=_comments(world, request, post) if post["network"] == "facebook" else "",
    )


def _link(link: str) -> str:
    shown = escape(link)
    return f'<p class="link-card"><a href="{shown}">{shown}</a></p>' if re.match(r"https?://", link) else ""


def x_words(post: Row) -> str:
    """The stored text is escaped already; links become what X displays, the media link disappears."""
    stored: str = post["stored"]
    out, at = "", 0
    entities = json.loads(post["entities"])
    marks = [(item["start"], item["end"], kind, item) for kind in entities for item in entities[kind]]
    for start, end, kind, item in sorted(marks, key=lambda mark: mark[0]):
        if start < at:
            continue
        out += stored[at:start]
        if kind != "urls":
            out += f'<span class="tag">{stored[start:end]}</span>'
        elif "media_key" not in item:
            out += f'<a href="{escape(item["expanded_url"])}">{escape(item["display_url"])}</a>'
        at = end
    return (out + stored[at:]).rstrip()


def plain_words(text: str) -> str:
    """Facebook's text with its links made links."""
    out, at = "", 0
    for link in x_text.find_links(text):
        out += escape(text[at : link.start]) + f'<a href="{escape(link.expanded)}">{escape(link.written)}</a>'
        at = link.end
    return out + escape(text[at:])


def _pictures(world: World, post: Row) -> str:
    shown = [picture for picture in ledger.pictures(world, post) if picture["mime"].startswith("image/")]
    figures = "".join(_figure(picture) for picture in shown)
    return f'<div class="pictures n{len(shown)}">{figures}</div>' if shown else ""


def _figure(picture: Row) -> str:
    alt = escape(picture["alt"])
    return FIGURE.substitute(
        id=picture["id"],
        alt=alt or "Picture without a description",
        width=picture["width"],
        height=picture["height"],
        caption=f"<b>ALT</b> {alt}" if alt else "No description was given.",
    )


def _counts(world: World, request: Request, post: Row) -> str:
    counts = ledger.counts(world, post, request.now)
    if post["network"] == "x":
        told = [
            (counts.replies, "reply", "replies"),
            (counts.shares, "repost", "reposts"),
            (counts.likes, "like", "likes"),
        ]
        told.append((counts.impressions, "view", "views"))
    else:
        told = [(counts.likes, "reaction", "reactions"), (counts.replies, "comment", "comments")]
        told.append((counts.shares, "share", "shares"))
    return "".join(
        f"<li><strong>{number_words(number)}</strong> {one if number == 1 else many}</li>" for number, one, many in told
    )


def _comments(world: World, request: Request, post: Row) -> str:
    sql = "SELECT * FROM comments WHERE post = ? AND hidden = 0 ORDER BY created_at, id LIMIT 50"
    items = [
        COMMENT.substitute(
            id=row["id"],
            kind="answer" if row["parent"] else "comment",
            name=escape(row["author_name"]),
            time=time_element(row["created_at"], request.now),
            message=escape(row["message"]),
        )
        for row in world.store.rows(sql, post["id"])
    ]
    return f'<ul class="comments" aria-label="Comments">{"".join(items)}</ul>' if items else ""
