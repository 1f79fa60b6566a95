"""The force's own identity service (OpenID Connect), from the environment; off while OIDC_SERVER_URL is empty.

It says who somebody is and nothing else: a group may be demanded, and none gives a right. People are known by a
verified e-mail, or by the claim that is their user name.
"""

from __future__ import annotations

from typing import Any

from environ import Env

ID = "force"


def settings(env: Env) -> dict[str, Any]:
    """What `settings.py` takes over."""
    name, server = env.str("OIDC_NAME", default="your force login"), env.str("OIDC_SERVER_URL", default="")
    app = {
        "provider_id": ID,
        "name": name,
        "client_id": env.str("OIDC_CLIENT_ID", default=""),
        "secret": env.str("OIDC_CLIENT_SECRET", default=""),
        "settings": {"server_url": server, "fetch_userinfo": False},
    }
    return {
        "OIDC_ID": ID,
        "OIDC_NAME": name,
        "OIDC_SERVER_URL": server,
        "OIDC_STAFF_NUMBER_CLAIM": env.str("OIDC_STAFF_NUMBER_CLAIM", default=""),
        "OIDC_GROUPS_CLAIM": env.str("OIDC_GROUPS_CLAIM", default="groups"),
        "OIDC_REQUIRED_GROUP": env.str("OIDC_REQUIRED_GROUP", default=""),
        "OIDC_CREATE_PEOPLE": env.bool("OIDC_CREATE_PEOPLE", default=False),
        "SOCIALACCOUNT_ADAPTER": "accounts.adapter_oidc.KnownPeopleOnly",
        # A form may not lead to another house (form-action), so a link does; the state proves the way back.
        "SOCIALACCOUNT_LOGIN_ON_GET": True,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}},
    }
