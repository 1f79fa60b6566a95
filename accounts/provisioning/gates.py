"""The eight gates before a channel goes live: what is asked as evidence, and who signs (domain.md C.1).

One table that a superintendent can read. Nobody signs for an application that they made or changed, or for a channel
that they would keep themselves; the two signatures of gate 2 are two people's.
"""

from __future__ import annotations

from typing import NamedTuple


class Seat(NamedTuple):
    """One signature. right: over the team, or over the channel where `of_channel`."""

    key: str
    signatory: str
    right: str
    of_channel: bool = False


class Gate(NamedTuple):
    """asks: the evidence, item by item. after: the gates that must stand before this one can be signed."""

    number: int
    name: str
    asks: tuple[str, ...]
    seats: tuple[Seat, ...]
    after: frozenset[int]


def _gate(number: int, name: str, *seats: Seat, asks: str, after: str = "1") -> Gate:
    return Gate(number, name, tuple(asks.split("; ")), seats, frozenset(int(one) for one in after.split()))


TABLE = (
    _gate(
        1,
        "Need",
        Seat("need", "Borough commander or delegate", "sign_borough"),
        asks="Ward and audience; what residents asked for; why e-mail or the borough’s channel is not enough; "
        "who covers leave",
        after="",
    ),
    _gate(
        2,
        "Owner",
        Seat("owner", "Borough", "sign_borough"),
        Seat("owner_dmc", "DMC", "sign_dmc"),
        asks="Sergeant, deputy, mentor and DMC lead; the end of the posting, from HR",
    ),
    _gate(
        3,
        "Training",
        Seat("training", "DMC training", "provision"),
        asks="E-learning on law, privacy, accessibility and security; the DMC’s workshop; "
        "80% or more on the scenario test, less than a year ago",
    ),
    _gate(
        4,
        "Practice",
        Seat("practice", "Mentor", "review_for", of_channel=True),
        asks="Ten drafts, with two appeals and one warrant result at least; the mentor agrees with eight",
    ),
    _gate(
        5,
        "Identity",
        Seat("identity", "DMC administrator", "provision"),
        asks="Handle and display name; bio, picture and banner; link to the house rules; "
        "“not for reporting crime”; 999 and 101",
    ),
    _gate(
        6,
        "Security",
        Seat("security", "Information security", "keep_security"),
        asks="Role mailbox; force device and single sign-on; hardware key or app as second factor; "
        "recovery codes in the vault; no personal telephone number for recovery",
    ),
    _gate(
        7,
        "Records",
        Seat("records", "Information management", "sign_records"),
        asks="Entry in the register of information assets; retention class; privacy notice; accessibility check",
    ),
    _gate(
        8,
        "Launch",
        Seat("launch", "DMC", "sign_dmc"),
        asks="First five updates approved; ward panel and councillors’ office told; "
        "directory and police.uk entry changed",
        after="1 2 3 4 5 6 7",
    ),
)
GATES = {gate.number: gate for gate in TABLE}
SEATS = {seat.key: seat for gate in TABLE for seat in gate.seats}
GATE_OF = {seat.key: gate for gate in TABLE for seat in gate.seats}
LAUNCH = GATES[8]
# Not a seat of the table: what was sent back waits for who asked.
APPLICANT = "applicant"
# What must be signed anew once these answers change.
VOIDED_BY = {
    "audience": {1}, "asked": {1}, "why_here": {1}, "cover": {1},
    "owner": {2, 3, 4, 6}, "deputy": {2}, "mentor": {2, 4}, "posting_ends_on": {2},
    "handle": {5}, "name": {5},
}  # fmt: skip
