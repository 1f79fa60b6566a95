"""The networks' own connect pages: plain forms that a person, or a browser test, clicks through."""

from __future__ import annotations

from html import escape
from string import Template

from sandbox.html import avatar, document, number_words
from sandbox.store import Row
from sandbox.wire import Reply, split_list
from sandbox.world import World

SCOPE_WORDS = {
    "tweet.read": "See posts",
    "tweet.write": "Post and delete posts for you",
    "users.read": "See your profile",
    "media.write": "Upload pictures",
    "offline.access": "Stay connected until you revoke access",
}
PERMISSION_WORDS = {
    "pages_show_list": "Show a list of the Pages you manage",
    "pages_manage_posts": "Create and manage posts on your Pages",
    "pages_read_engagement": "Read content posted on your Pages",
    "pages_read_user_content": "Read what people write on your Pages",
    "pages_manage_engagement": "Answer and hide comments on your Pages",
    "pages_manage_metadata": "Manage your Pages' settings",
    "read_insights": "See your Pages' numbers",
    "business_management": "Manage your business",
}
FORM = Template("""<h1>$title</h1>
$problem
<p class="lead">$lead</p>
<form method="post" action="$action" class="card consent">
$hidden
$fields
<div class="buttons">
<button type="submit" name="decision" value="allow" id="allow" class="main">$allow</button>
<button type="submit" name="decision" value="deny" id="deny" class="second" formnovalidate>Cancel</button>
</div>
</form>""")


def dead_end(network: str, problem: str) -> Reply:
    """An error that must not be sent to the address it came with."""
    body = f'<h1>Something went wrong</h1><p class="lead">{escape(problem)}</p>'
    return document(f"{network} sign-in", body, look=network.lower(), status=400)


def _hidden(fields: dict[str, str]) -> str:
    return "\n".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())


def _problem(text: str) -> str:
    return f'<p class="problem" role="alert">{escape(text)}</p>' if text else ""


def _choice(
    kind: str, name: str, value: str, words: str, note: str = "", *, checked: bool = False, needed: bool = False
) -> str:
    element_id = escape(f"{name}-{value}")
    flags = " checked" * checked + " required" * needed
    words = f"<span>{words}<small>{note}</small></span>" if note else words
    return (
        '<div class="choice">'
        f'<input type="{kind}" name="{name}" value="{escape(value)}" id="{element_id}"{flags}>'
        f'<label for="{element_id}">{words}</label></div>'
    )


def _group(legend: str, choices: list[str], empty: str) -> str:
    inside = "\n".join(choices) or f"<p>{escape(empty)}</p>"
    return f'<fieldset><legend>{escape(legend)}</legend><div class="choices">{inside}</div></fieldset>'


def _account_choice(account: Row, chosen: str) -> str:
    name, handle = escape(account["name"]), escape(account["handle"])
    words = f"{avatar(account['name'])}<span><strong>{name}</strong><br>@{handle}</span>"
    checked = chosen.lower() in {account["handle"].lower(), account["id"]}
    return _choice("radio", "account", account["id"], words, checked=checked, needed=True)


def x_consent(
    world: World, action: str, keep: dict[str, str], chosen: str, problem: str = "", scopes: list[str] | None = None
) -> Reply:
    """Pick one of the sandbox's X accounts, then authorise or cancel."""
    accounts = [_account_choice(account, chosen) for account in world.accounts("x")]
    fields = _group("Which account are you signed in to?", accounts, "There is no account yet.")
    if scopes is not None:
        rights = "".join(f"<li>{escape(SCOPE_WORDS.get(scope, scope))}</li>" for scope in scopes)
    else:
        rights = "<li>See posts and your profile</li><li>Post and delete posts for you</li>"
    fields += f'<h2>The app will be able to</h2><ul class="rights">{rights}</ul>'
    body = FORM.substitute(
        title="Authorise this app to use your account?",
        problem=_problem(problem),
        lead="The console asks to speak for one X account.",
        action=escape(action),
        hidden=_hidden(keep),
        fields=fields,
        allow="Authorise app",
    )
    return document("Authorise an app on X", body, look="x", shape="narrow")


def facebook_consent(world: World, action: str, asked: dict[str, str], problem: str = "") -> Reply:
    """Choose who you are, tick Pages, untick permissions."""
    people = world.store.rows("SELECT * FROM people ORDER BY id")
    persons = [
        _choice("radio", "account", row["id"], escape(row["name"]), checked=len(people) == 1, needed=True)
        for row in people
    ]
    pages = [
        _choice("checkbox", "pages", page["id"], escape(page["name"]), f"{number_words(page['followers'])} followers")
        for page in world.accounts("facebook")
    ]
    scopes = split_list([asked["scope"]])
    permissions = [
        _choice(
            "checkbox", "permissions", scope, escape(PERMISSION_WORDS.get(scope, scope)), escape(scope), checked=True
        )
        for scope in scopes
    ]
    body = FORM.substitute(
        title="Log in with Facebook",
        problem=_problem(problem),
        lead="The console asks to manage Pages for you.",
        action=escape(action),
        hidden=_hidden(asked),
        fields=_group("Who are you?", persons, "There is nobody.")
        + _group("Which Pages may the app use?", pages, "There is no Page yet.")
        + _group("What may the app do?", permissions, "Only see your name."),
        allow="Authorise app",
    )
    return document("Log in with Facebook", body, look="facebook", shape="narrow")
