"""Connecting Facebook Pages: the dialog's code, a long-lived login, and one token per Page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from platforms.base import Credentials, Grant, Identity, Pending
from platforms.config import Config
from platforms.errors import Declined, Refused
from platforms.facebook import PageGraph, missing_of
from platforms.facebook_outcomes import facebook_failure
from platforms.outcomes import ask, quote

SCOPES = (
    "pages_show_list",
    "pages_manage_posts",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_engagement",
    "pages_manage_metadata",
    "read_insights",
    "business_management",
)
PAGE_SIZE = 100
MAY_POST = "CREATE_CONTENT"


class FacebookDialog:
    """Grants one login per Page that the person runs and ticked."""

    network: ClassVar[str] = "facebook"

    def __init__(self, config: Config) -> None:
        self.config = config

    def begin(self, *, callback_url: str, state: str) -> Pending:
        """`rerequest` asks again for what somebody unticked the last time."""
        graph = PageGraph(self.config)
        asked = {"state": state, "response_type": "code", "auth_type": "rerequest"}
        return Pending(graph.get_auth_url(graph.app_id, callback_url, SCOPES, **asked), {"state": state})

    def finish(self, *, keep: Mapping[str, str], params: Mapping[str, str], callback_url: str) -> tuple[Grant, ...]:
        """Empty when the person runs no Page, or ticked none."""
        if params.get("error") == "access_denied" or params.get("error_reason") == "user_denied":
            raise Declined("The connection was cancelled on Facebook.")
        if not params.get("code"):
            raise Refused(f"Facebook did not connect the Page: {quote(params.get('error_message'))}", code="dialog")
        graph = PageGraph(self.config, self._long_lived(params["code"], callback_url))
        granted = tuple(sorted(self._ask(graph, partial(graph.get_permissions, "me"))))
        pages = partial(
            graph.get_pages, "me", "accounts", fields="id,name,username,access_token,tasks", limit=PAGE_SIZE
        )
        return tuple(self._ask(graph, lambda: [_grant(page, granted) for page in pages()]))

    def _long_lived(self, code: str, callback_url: str) -> str:
        """Only a long-lived login yields Page tokens that do not expire."""
        graph = PageGraph(self.config)
        keys = (graph.app_id, graph.app_secret)
        short = self._ask(graph, lambda: _token(graph.get_access_token_from_code(code, callback_url, *keys)))
        graph = PageGraph(self.config, short)
        return str(self._ask(graph, lambda: _token(graph.extend_access_token(*keys))))

    def _ask(self, graph: PageGraph, call: Any) -> Any:
        return ask(graph.session, facebook_failure, call, write=False)


def subscribe(config: Config, credentials: Credentials, *, page: str) -> None:
    """Facebook tells our receiver of what appears on this Page and disappears. Raises platforms.errors."""
    graph = PageGraph(config, credentials.token)
    answer = graph.put_object(page, "subscribed_apps", subscribed_fields="feed")
    if not (isinstance(answer, dict) and answer.get("success") is True):
        raise Refused("Facebook did not take our wish to hear of this Page.", code="not-subscribed", status=200)


def _token(answer: Mapping[str, Any]) -> str:
    token = answer["access_token"]
    if not (isinstance(token, str) and token):
        raise ValueError("no token in the answer")
    return token


def _grant(page: Mapping[str, Any], granted: tuple[str, ...]) -> Grant:
    problems = [f"The permission {scope} is missing. Connect again and allow it." for scope in missing_of(granted)]
    if MAY_POST not in page.get("tasks", (MAY_POST,)):
        problems.append("The person who connected this Page may not post on it.")
    person = Identity(str(page["id"]), str(page.get("username") or ""), str(page["name"]), tuple(problems))
    return Grant(person, Credentials("page", _token(page), scopes=granted))
