"""What the public would see: a timeline per X account, a Page per Facebook Page, and the index of them all."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from sandbox import ledger
from sandbox.cards import address, card, handle_words
from sandbox.html import avatar, document, number_words
from sandbox.store import Row
from sandbox.wire import Reply, Request, integer
from sandbox.world import World

POSTS_A_PAGE = 30
SHOWN_NEIGHBOURS = 8
STYLE = (Path(__file__).parent / "style.css").read_bytes()
ALL = '<p><a href="/_sandbox/">All simulated accounts</a></p>'
INDEX = Template("""<h1>Simulated accounts and Pages</h1>
<p class="lead">Open one to see what the public would see.</p>
<div class="two">
<section class="card"><h2>X accounts ($x_count)</h2><ul class="accounts">$x</ul></section>
<section class="card"><h2>Facebook Pages ($facebook_count)</h2><ul class="accounts">$facebook</ul></section>
</div>""")
ENTRY = Template("""<li><a href="$address">$avatar<span><strong>$name</strong><small>$note</small></span></a></li>
""")
PROFILE = Template("""<div class="card profile"><div class="cover"></div>
<div class="who">$avatar<div><h1>$name</h1><p class="handle">$handle</p></div></div>
$about
<p class="facts"><span><strong>$followers</strong> followers</span> <span><strong>$posts</strong> $unit</span></p>
</div>
""")
SINGLE = Template("""<div class="feed"><h1 class="single">Post by <a href="$address">$name</a></h1>
$card
</div>$aside""")
ASIDE = Template("""<aside class="side" aria-label="Other accounts"><div class="card"><h2>Others</h2>
<ul class="accounts">$rows</ul>$all</div></aside>""")


def style(world: World, request: Request) -> Reply:
    return Reply(200, STYLE, (("content-type", "text/css; charset=utf-8"), ("cache-control", "no-cache")))


def icon(world: World, request: Request) -> Reply:
    """GET /favicon.ico: there is none, and no error in the browser's console about it."""
    return Reply(204)


def missing(look: str, words: str) -> Reply:
    body = f'<h1>Nothing here</h1><p class="lead">{escape(words)}</p>{ALL}'
    return document("Nothing here", body, look=look, status=404)


def index(world: World, request: Request) -> Reply:
    """Every simulated account with the number of its live posts."""
    sql = "SELECT account, count(*) AS n FROM posts WHERE deleted_at IS NULL AND published_at <= ? GROUP BY account"
    live = {row["account"]: row["n"] for row in world.store.rows(sql, request.now)}
    told: dict[str, str] = {}
    for network in ("x", "facebook"):
        accounts = world.accounts(network)
        told[network] = "".join(_entry(account, posts_words(live.get(account["id"], 0))) for account in accounts)
        told[f"{network}_count"] = str(len(accounts))
    return document("Simulated accounts and Pages", INDEX.substitute(told), look="plain", shape="wide")


def _entry(account: Row, note: str = "") -> str:
    words = handle_words(account) + (f" · {note}" if note else "")
    name = escape(account["name"])
    return ENTRY.substitute(address=address(account), avatar=avatar(account["name"]), name=name, note=words)


def posts_words(number: int) -> str:
    return f"{number_words(number)} post{'' if number == 1 else 's'}"


def _aside(world: World, account: Row) -> str:
    others = [other for other in world.accounts(account["network"]) if other["id"] != account["id"]]
    return ASIDE.substitute(rows="".join(map(_entry, others[:SHOWN_NEIGHBOURS])), all=ALL)


def _profile(account: Row, total: int) -> str:
    about = "" if account["network"] == "x" else "<p>Government organisation</p>"
    about += f"<p>{escape(account['about'])}</p>" if account["about"] else ""
    about += '<p class="problem">This account is suspended.</p>' if account["suspended"] else ""
    return PROFILE.substitute(
        avatar=avatar(account["name"]),
        name=escape(account["name"]),
        handle=handle_words(account),
        about=about,
        followers=number_words(account["followers"]),
        posts=number_words(total),
        unit="post" if total == 1 else "posts",
    )


def _timeline(world: World, request: Request, account: Row) -> Reply:
    posts = ledger.timeline(world, account["id"], request.now)
    number = integer(request.values.get("page"), 1, 1, 10_000)
    shown = posts[(number - 1) * POSTS_A_PAGE : number * POSTS_A_PAGE]
    cards = "".join(card(world, request, account, post) for post in shown)
    cards = cards or '<p class="card empty">No posts yet.</p>'
    feed = _profile(account, len(posts)) + '<h2 class="hidden">Posts</h2>' + cards
    feed += _turn(account, number, has_more=number * POSTS_A_PAGE < len(posts))
    body = f'<div class="feed">{feed}</div>{_aside(world, account)}'
    title = f"{account['name']} ({handle_words(account)})"
    return document(title, body, look=account["network"], shape="timeline")


def _turn(account: Row, number: int, *, has_more: bool) -> str:
    links = [f'<a href="{address(account)}?page={number - 1}" rel="prev">Newer posts</a>'] if number > 1 else []
    if has_more:
        links.append(f'<a href="{address(account)}?page={number + 1}" rel="next">Older posts</a>')
    return f'<nav class="turn" aria-label="More posts">{" ".join(links)}</nav>' if links else ""


def _single(world: World, request: Request, account: Row, post_id: str) -> Reply:
    post = ledger.find(world, account["network"], post_id)
    if post is None or post["account"] != account["id"] or not ledger.is_live(post, request.now):
        return missing(account["network"], "This post does not exist, or was deleted.")
    name = escape(account["name"])
    shown = card(world, request, account, post, alone=True)
    body = SINGLE.substitute(address=address(account), name=name, card=shown, aside=_aside(world, account))
    return document(f"Post by {account['name']}", body, look=account["network"], shape="timeline")


def x_timeline(world: World, request: Request) -> Reply:
    """GET /x-www/{handle}."""
    account = world.account_called("x", request.args["handle"])
    return _timeline(world, request, account) if account else missing("x", "There is no account of this name.")


def x_status(world: World, request: Request) -> Reply:
    """GET /x-www/{handle}/status/{id}."""
    account = world.account_called("x", request.args["handle"])
    return (
        _single(world, request, account, request.args["id"]) if account else missing("x", "There is no such account.")
    )


def facebook_page(world: World, request: Request) -> Reply:
    """GET /fb-www/{page id or slug}."""
    account = world.account_called("facebook", request.args["page"])
    return _timeline(world, request, account) if account else missing("facebook", "There is no Page of this name.")


def facebook_post(world: World, request: Request) -> Reply:
    """GET /fb-www/{page}/posts/{id}."""
    account = world.account_called("facebook", request.args["page"])
    if account is None:
        return missing("facebook", "There is no Page of this name.")
    return _single(world, request, account, f"{account['id']}_{request.args['id']}")
