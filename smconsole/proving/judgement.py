"""What no cell of the rights matrix may say, in one table: who may do what at the addresses that matter most.

Whatever answers below 400 counts as let in. Whoever is not named beside an address is let in there by no method.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from accounts.models import Role
from smconsole.proving.matrix_recipes import RECIPES
from smconsole.proving.matrix_sides import Row

Cell = tuple[str, str]  # role, side
REFUSED, FAILED = 400, 500
NOT_THERE = (404, 405)
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
# Keys of the ground that stand for a post or for something of one: other wards' do not exist for a ward's people.
_POSTS = (
    "draft waiting approved live_post pictured picture submission override second_override live public "
    "doubtful_delivery incident removal freeze comment returned"
)
OF_A_POST = frozenset(_POSTS.split())


def _own(*roles: str) -> set[Cell]:
    return {(role, "own") for role in roles}


def _both(*roles: str) -> set[Cell]:
    return {(role, side) for role in roles for side in ("own", "other")}


AUTHORS = _own(Role.SERGEANT, Role.CONTRIBUTOR)
DMC = _both(Role.DMC_EDITOR, Role.HEAD)
ADMIN = _both(Role.DMC_ADMIN)
BOROUGH = _own(Role.MANAGER)
STOPPERS = DMC | ADMIN | _both(Role.INFOSEC)
WHO_SEES_POSTS = AUTHORS | _own(Role.MENTOR, Role.PEER) | DMC | _both(Role.COMPLIANCE)


class Only(NamedTuple):
    """Who alone may do something, and at which addresses it is done."""

    what: str
    who: set[Cell]
    addresses: str


_AGREE = "policy:review policy:approve policy:send_back policy:refer policy:reject"
TABLE = (
    Only("send on its way", _own(Role.SERGEANT), "policy:submit publishing:move publishing:recall policy:reconfirm"),
    Only("ask to be let through", _own(Role.SERGEANT), "policy:ask_override policy:ask_clearance policy:disagree"),
    Only("write", AUTHORS, "posts:compose posts:save posts:copy posts:belong policy:withdraw policy:hints"),
    Only("agree to", _own(Role.MENTOR, Role.PEER) | DMC, _AGREE),
    Only("let through", DMC, "policy:decide_override policy:second_override policy:give_clearance"),
    Only("take down", _own(Role.SERGEANT, Role.MENTOR) | DMC, "publishing:take_down publishing:decide"),
    Only("stop and let go", DMC, "policy:holds policy:ask_release policy:release publishing:lift"),
    Only("appoint and hand over", ADMIN, "people hand_over call_off_handover appointments appoint end_appointment"),
    Only("appoint in a hurry", DMC | ADMIN, "appoint_urgently urgent_list urgent confirm_urgent review_urgent"),
    Only("connect channels", ADMIN, "accounts:connect accounts:check"),
    Only("ask for a channel", BOROUGH | DMC | ADMIN, "accounts:open_channel accounts:amend_application"),
    Only("sign that a channel is needed", BOROUGH, "sign_gate return_gate"),
    Only("say that no channel is granted", BOROUGH | DMC | ADMIN, "refuse_application"),
    Only("stop a channel", STOPPERS, "compromised accounts:move_life"),
    Only("deal with what pretends", STOPPERS, "accounts:impersonation_step accounts:close_impersonation"),
    Only("hand the record on", _both(Role.COMPLIANCE), "export_post export_channel"),
    Only("end somebody's sign-ins", _both(Role.DMC_ADMIN, Role.INFOSEC), "accounts:sessions_of accounts:take_factor"),
    Only("set prices and budgets", ADMIN, "publishing:price publishing:budget publishing:resume_network"),
)  # fmt: skip
# Read and nothing else: they change what is theirs, ask for reports, and sign.
READERS = (Role.MANAGER, Role.COMPLIANCE, Role.INFOSEC, Role.CONTACT_CENTRE)
_OWN = (
    "account_login account_logout account_change_password account_reauthenticate second_factor_later "
    "accounts:read_notices accounts:acknowledge policy:attest policy:attest_all policy:on_a_day "
    "publishing:calendar_address engagement:reports engagement:ask_pairs "
    "accounts:lesson accounts:test accounts:answer_test accounts:book_workshop accounts:leave_workshop "
    "accounts:sessions accounts:end_session accounts:choose_notices"
)
THEIR_OWN = frozenset(_OWN.split())
# On the way to a channel and when one is in danger those who only read sign, ask and stop; who, says the table.
_GATES = (
    "accounts:open_channel accounts:amend_application sign_gate return_gate refuse_application compromised "
    "accounts:move_life accounts:check_profile accounts:report_impersonation accounts:impersonation_step "
    "accounts:close_impersonation accounts:impersonation_picture"
)
AT_THE_GATES = frozenset(_GATES.split())
# Compliance hands the record on, and information security ends sign-ins.
_OF_THE_RECORD = "export_post export_channel accounts:sessions_of accounts:take_factor"
THEIR_DUTIES = frozenset(_OF_THE_RECORD.split())
# To whoever asks: the way in, how the console is, and what its own secret word or signature opens.
_OPEN = "account_login healthz readyz metrics publishing:feed facebook_hook mfa_login_webauthn"
OPEN = frozenset(_OPEN.split())
# There is no network here to speak to, and the console is not ready for people.
UNREADY = frozenset({"readyz", "accounts:connect"})


def of_a_post() -> frozenset[str]:
    """The addresses that ask for a post or for something of one."""
    return frozenset(name for name, recipe in RECIPES.items() if OF_A_POST & set(recipe.keys.values()))


def judged() -> frozenset[str]:
    return of_a_post() | {name for only in TABLE for name in only.addresses.split()}


def offences(rows: Iterable[Row]) -> list[str]:
    """Every cell that says what it must not, in words. Empty: the matrix is as it should be."""
    kept = list(rows)
    asked = {row.url for row in kept}
    found = [said for row in kept for said in _of_a_row(row)]
    for only in TABLE:
        names = set(only.addresses.split()) & asked
        found += _beyond(kept, names, only.who, only.what)
        found += [f"{name}: nobody may {only.what}" for name in sorted(names) if not _anybody(kept, name)]
    found += _beyond(kept, of_a_post() & asked, WHO_SEES_POSTS, "see another's unpublished work")
    return found + [said for row in kept if row.url in of_a_post() for said in _told(row)]


def _told(row: Row) -> Iterator[str]:
    """Another ward's unpublished work does not exist: 403 would say that it does."""
    for role, cells in row.roles.items():
        status = cells.get("other", NOT_THERE[0])
        if (role, "other") not in WHO_SEES_POSTS and status not in NOT_THERE:
            yield f"{row.method} {row.url}: {role}/other gets {status} and learns that it is there"


def _of_a_row(row: Row) -> Iterator[str]:
    if row.anonymous >= FAILED and row.url not in UNREADY:
        yield f"{row.method} {row.url}: nobody signed in gets {row.anonymous}"
    if row.url not in OPEN and row.anonymous < REFUSED and row.anonymous != 302:
        yield f"{row.method} {row.url}: nobody signed in gets {row.anonymous}"
    for role, cells in row.roles.items():
        for side, status in cells.items():
            where = f"{row.method} {row.url}: {role}/{side} gets {status}"
            if status >= FAILED and row.url not in UNREADY:
                yield where
            if role in READERS and row.method in CHANGING and status < REFUSED and not _theirs(row.url):
                yield f"{where} and only reads"


def _theirs(name: str) -> bool:
    return name in THEIR_OWN | AT_THE_GATES | THEIR_DUTIES or name.startswith("mfa_")


def _beyond(rows: list[Row], names: set[str] | frozenset[str], who: set[Cell], what: str) -> list[str]:
    return [
        f"{row.method} {row.url}: {role}/{side} gets {status}; they may not {what}"
        for row in rows
        if row.url in names
        for role, cells in row.roles.items()
        for side, status in cells.items()
        if status < REFUSED and (role, side) not in who
    ]


def _anybody(rows: list[Row], name: str) -> bool:
    """Else the table says nothing: whoever asks, there is nothing to be had."""
    mine = [row for row in rows if row.url == name]
    let_in = any(status < REFUSED for row in mine for cells in row.roles.values() for status in cells.values())
    return let_in or name in UNREADY
