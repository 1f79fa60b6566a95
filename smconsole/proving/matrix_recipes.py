"""For every address of the console: which object the rights matrix asks for, and what its form is sent.

A test fails when an address is missing here. `{name}` is a key of `matrix_ground.Side`.
"""

from __future__ import annotations

from typing import NamedTuple


class Recipe(NamedTuple):
    """keys: argument of the address -> key of the ground. body: what a POST sends. query: what follows the ?."""

    keys: dict[str, str]
    body: dict[str, str]
    query: str = ""


def _at(keys: str = "", query: str = "", **body: str) -> Recipe:
    return Recipe(dict(pair.split("=") for pair in keys.split()), body, query)


_SEEN = {"fingerprint": "{fingerprint}"}
_ASKED = {"fingerprint": "{override_fingerprint}"}
_DECIDED = {**_ASKED, "lets_through": "no", "rationale": "It would be found."}
_WORDS = {"channels": "{channel}", "same_text": "on", "text": "Good morning.", "when": "asap", "send_within": "30"}
_ASKED_FOR = {"words": "Bikes", "set_on": "2026-01-02", "source": "Panel"}
_MOMENT = {"day": "{tomorrow}", "clock": "11:30"}
_CLEAR = {"ground": "correction", "note": "It corrects a fact."}
_POLICY = {"title": "Another", "key": "another", "body": "doi", "owner": "{keeper}", "review_on": "{in_a_year}"}
_WRITTEN = {"summary": "Be kind.", "text": "# Be kind", "changes": "Kinder."}
_PERIOD = {"kind": "election", "name": "A matrix", "starts_on": "{tomorrow}", "ends_on": "{tomorrow}"}
_LINE = {"stage": "any", "route": "any", "kind": "corporate", "period": "any", "agreement": "dmc", "keep": "yes"}
_RULE = {
    "severity": "advise",
    "enabled": "on",
    "message": "Look.",
    "source": "A",
    "owner": "DMC",
    "last_reviewed": "{today}",
}
_BLANKS = {"day": "{tomorrow}", "start": "11:00", "end": "13:00", "venue": "The library", "topic": "Bikes"}
_MEASURE = {
    "published_as": "Informed local",
    "name": "Informed",
    "question": "How well informed?",
    "unit": "share",
    "better": "higher",
    "months": "12",
    "source": "PAS",
    "part": "outcome",
}

RECIPES: dict[str, Recipe] = {
    # the console
    "healthz": _at(),
    "readyz": _at(),
    "metrics": _at(),
    "home": _at(),
    "find": _at(query="q=Ward"),
    "people": _at(),
    "appointments": _at("pk=person"),
    "appoint": _at("pk=person", query="team={ward_pk}", team="{ward_pk}", role="mentor", starts_on="{today}", yes="1"),
    "appoint_urgently": _at(
        "pk=person",
        query="team={ward_pk}",
        team="{ward_pk}",
        role="mentor",
        hours="1",
        reason="Nobody is there.",
        yes="1",
    ),
    "end_appointment": _at("pk=appointment"),
    "unowned": _at(),
    "urgent_list": _at(),
    "urgent": _at("pk=urgent"),
    "confirm_urgent": _at("pk=urgent"),
    "review_urgent": _at("pk=past_urgent", finding="It was right."),
    "call_off_handover": _at("pk=handover"),
    "hand_over": _at("pk=person", to="{successor}", seen="{plan}"),
    "account_login": _at(),
    "account_logout": _at(),
    "account_change_password": _at(),
    "openid_connect_login": _at("provider_id=nothing"),
    "openid_connect_callback": _at("provider_id=nothing"),
    "account_reauthenticate": _at(),
    "second_factor_later": _at(),
    "mfa_remove_webauthn": _at("pk=passkey"),
    # who we are
    "accounts:channels": _at(),
    "accounts:connected": _at(),
    "accounts:open_channel": _at(query="team={ward}", network="x", handle="MatrixTwo", name="Matrix"),
    "accounts:leave": _at("pk=walk"),
    "accounts:choose": _at("pk=returned_walk", page="{page_id}"),
    "accounts:channel": _at("pk=channel"),
    "accounts:connect": _at("pk=channel", connector="x"),
    "accounts:check": _at("pk=channel"),
    "accounts:board": _at(),
    "accounts:check_profile": _at("pk=channel"),
    "accounts:amend_application": _at("pk=applied"),
    "application": _at("pk=applied"),
    "sign_gate": _at("pk=applied seat=seat", evidence="Seen."),
    "return_gate": _at("pk=applied seat=seat", reason="Why?"),
    "refuse_application": _at("pk=applied", reason="No need."),
    "take_back_application": _at("pk=applied"),
    "compromised": _at("pk=channel", reason="Posts that nobody wrote."),
    "accounts:life": _at("pk=channel"),
    "accounts:move_life": _at("pk=channel move=move", reason="For a while."),
    "accounts:official": _at(),
    "accounts:official_file": _at("form=form"),
    "accounts:impersonations": _at(),
    "accounts:report_impersonation": _at(network="x", handle="MPSMatrixx", kind="pretends", seen="It warns of a ram."),
    "accounts:impersonation": _at("pk=fake"),
    "accounts:impersonation_picture": _at("pk=fake"),
    "accounts:impersonation_step": _at("pk=fake", kind="note", words="Looked at."),
    "accounts:close_impersonation": _at("pk=fake", outcome="mistaken"),
    "accounts:new_priority": _at("code=ward", **_ASKED_FOR),
    "accounts:priority": _at("pk=priority"),
    "accounts:mend_priority": _at("pk=priority", **_ASKED_FOR),
    "accounts:add_step": _at("pk=priority", kind="action", words="Marked.", on="{today}"),
    "accounts:close_priority": _at("pk=priority", ending="done", on="{today}"),
    "accounts:reopen_priority": _at("pk=closed_priority"),
    "accounts:strike_step": _at("pk=step"),
    "record": _at(),
    "record_key": _at(),
    "record_of_post": _at("pk=draft"),
    "record_of_channel": _at("pk=channel"),
    "export_post": _at("pk=draft", reason="A request for it."),
    "export_channel": _at("pk=channel", reason="A request for it."),
    "accounts:sessions": _at(),
    "accounts:end_session": _at("pk=session"),
    "accounts:signed_in": _at(),
    "accounts:sessions_of": _at("pk=person", reason="A lost phone."),
    "accounts:take_factor": _at("pk=person", reason="A lost phone."),
    "accounts:notices": _at(),
    "accounts:bell": _at(),
    "accounts:choose_notices": _at(),
    "accounts:read_notices": _at(),
    "accounts:acknowledge": _at("pk=notice"),
    "accounts:training": _at(),
    "accounts:lesson": _at("part=part"),
    "accounts:test": _at(),
    "accounts:test_result": _at("pk=sat"),
    "accounts:answer_test": _at("pk=sitting", place="0", given="0"),
    "accounts:plan_workshop": _at(
        title="Pictures", team="{force}", day="2099-01-02", clock="10:00", place="Hendon", capacity="8"
    ),
    "accounts:workshop": _at("pk=workshop"),
    "accounts:book_workshop": _at("pk=workshop"),
    "accounts:leave_workshop": _at("pk=workshop"),
    "accounts:take_attendance": _at("pk=workshop", nobody="yes"),
    "accounts:call_off_workshop": _at("pk=workshop"),
    "accounts:trained_people": _at(),
    "accounts:person_training": _at("pk=person", completion="{completion}", why="A mistake."),
    "accounts:training_file": _at(lines="person,part,on"),
    "accounts:mentored": _at(),
    "accounts:pairs": _at(),
    "accounts:coaching": _at("pk=person"),
    "accounts:pair": _at("pk=person", mentor="{mentor}", backup="{backup}"),
    "accounts:check_in": _at("pk=person", on="2026-01-02"),
    "accounts:leave_note": _at("pk=person", words="Well done."),
    "accounts:keep_shadow": _at("pk=person", on="2026-01-02", agreed="yes"),
    "policy:practice": _at(),
    "policy:practice_draft": _at("pk=practice"),
    "policy:answer_practice": _at("pk=practice", answer="yes"),
    "policy:hand_in": _at("pk=draft", kind="other"),
    "policy:stage_proposals": _at(),
    "policy:stage": _at("pk=appointment"),
    "policy:propose_stage": _at("pk=appointment", why="Calm and clear."),
    "policy:move_down": _at("pk=appointment", to="practice", kind="dmc", why="Names.", way_back="Five more."),
    "policy:agree_stage": _at("pk=stage_proposal"),
    "policy:decline_stage": _at("pk=stage_proposal", words="Pictures."),
    "policy:agenda": _at(),
    # what we want to say
    "posts:index": _at(),
    "posts:new": _at(**_WORDS),
    "posts:post": _at("pk=draft"),
    "posts:compose": _at("pk=draft"),
    "posts:save": _at("pk=draft", revision="{revision}", **_WORDS),
    "posts:copy": _at("pk=public"),
    "posts:belong": _at("pk=draft", priority="{priority}"),
    "posts:picture": _at("pk=picture"),
    "posts:compare": _at("pk=draft"),
    # may it be said
    "policy:hints": _at(post="{draft}", **_WORDS),
    "policy:submit": _at("pk=draft", fingerprint="{draft_fingerprint}"),
    "policy:withdraw": _at("pk=waiting"),
    "policy:withdraw_pictures": _at("pk=pictured", pictures="{picture}", why="Someone asked."),
    "policy:story": _at("pk=draft"),
    "policy:note": _at("pk=draft"),
    "policy:templates": _at(),
    "policy:template": _at("key=template", use="", **_BLANKS),
    "policy:times_of_post": _at("pk=approved"),
    "policy:put_on_live_case": _at("pk=approved", why="A charge."),
    "policy:ask_override": _at("pk=draft", reason="It is fine.", fingerprint="{draft_fingerprint}"),
    "policy:lesson": _at("rule=taught"),
    "policy:queue": _at(),
    "policy:review": _at("pk=submission"),
    "policy:approve": _at("pk=submission", **_SEEN),
    "policy:send_back": _at("pk=submission", reason="tone", note="Warmer.", **_SEEN),
    "policy:refer": _at("pk=submission", **_SEEN),
    "policy:reject": _at("pk=submission", reason="tone", note="It is no update.", **_SEEN),
    "policy:comment": _at("pk=submission", quote="biscuits", place="{channel}:", words="Which ones?", **_SEEN),
    "policy:comment_done": _at("pk=comment"),
    "policy:disagree": _at("pk=returned", why="Residents asked for it."),
    "policy:decide_override": _at("pk=override", **_DECIDED),
    "policy:second_override": _at("pk=second_override", fingerprint="{second_override_fingerprint}", agrees="yes"),
    "policy:second_looks": _at(),
    "policy:second_look": _at("pk=look", decision="ready"),
    "policy:agreement": _at(),
    "policy:documents": _at(),
    "policy:new_document": _at(**_POLICY),
    "policy:unconfirmed": _at(),
    "policy:attest_all": _at(version="{in_force}"),
    "policy:document": _at("key=key"),
    "policy:document_version": _at("key=key number=number"),
    "policy:write_document": _at("key=key", **_WRITTEN),
    "policy:review_document": _at("key=key", review_on="2027-01-01"),
    "policy:attest": _at("pk=in_force"),
    "policy:sign_document": _at("pk=version", written_at="{written_at}"),
    "policy:publish_document": _at("pk=signed_version", written_at="{signed_at}"),
    "policy:times": _at(),
    "policy:new_time": _at(**_PERIOD),
    "policy:agree_time": _at("pk=period"),
    "policy:ask_close_time": _at("pk=standing_period"),
    "policy:close_time": _at("pk=ending_period"),
    "policy:live_cases": _at(),
    "policy:close_live_case": _at("pk=live", outcome="never"),
    "policy:law": _at(),
    "policy:words": _at(),
    "policy:on_a_day": _at(day="{today}", channel="{channel}", text="Good morning."),
    "policy:quality": _at(),
    "policy:rule": _at("rule=rule"),
    "policy:edition": _at("number=edition"),
    "policy:proposals": _at(why="It bites too often."),
    "policy:proposal": _at("pk=proposal"),
    "policy:proposal_rule": _at("pk=proposal rule=rule", **_RULE),
    "policy:routes": _at(),
    "policy:proposal_routes": _at("pk=proposal", **_LINE),
    "policy:proposal_words": _at("pk=proposal name=words", add="matrixword"),
    "policy:start_proposal": _at("pk=proposal", starts_on="{tomorrow}"),
    "policy:try_proposal": _at("pk=proposal"),
    "policy:sign_proposal": _at("pk=proposal"),
    "policy:withdraw_proposal": _at("pk=proposal"),
    "policy:cases": _at(),
    "policy:decide_case": _at("pk=case", decline="", text="Guilt.", note="It is right."),
    "policy:file_case": _at("pk=waiting", said="wrong", rule="GUILT", why="It is."),
    "policy:registers": _at(),
    "policy:register": _at("kind=kind", value="Matrix Hall"),
    "policy:retire_line": _at("pk=line", why="Closed."),
    "policy:holds": _at(level="2", reason="An incident.", channel="{channel}"),
    "policy:banner": _at(),
    "policy:hold": _at("pk=hold"),
    "policy:confirm_hold": _at("pk=hold"),
    "policy:review_hold": _at("pk=hold", again_in="60"),
    "policy:reconfirm": _at("pk=hold post=approved"),
    "policy:ask_clearance": _at("pk=hold post=approved", **_CLEAR),
    "policy:give_clearance": _at("pk=hold post=approved", **_CLEAR),
    "policy:ask_release": _at("pk=hold"),
    "policy:release": _at("pk=ending_hold"),
    # send it
    "publishing:story": _at("pk=approved"),
    "publishing:recall": _at("pk=approved"),
    "publishing:decide": _at("pk=doubtful_delivery", public="no"),
    "publishing:take_down": _at("pk=public", kind="wrong", reason="It is wrong."),
    "publishing:removal_date": _at("pk=approved", **_MOMENT),
    "publishing:calendar": _at(),
    "publishing:calendar_address": _at(),
    "publishing:feed": _at("token=token"),
    "publishing:move": _at("pk=approved", **_MOMENT),
    "publishing:doubts": _at(),
    "publishing:money": _at(),
    "publishing:price": _at(kind="{kind_of_cost}", micros="1", from_day="{tomorrow}", source="X"),
    "publishing:budget": _at("pk=borough_pk", micros="120", reserve="20"),
    "publishing:resume_network": _at("pk=pause", untested=""),
    "publishing:cost_of_draft": _at(query="post={draft}"),
    "publishing:cost": _at("pk=approved"),
    "publishing:report": _at(),
    "publishing:incidents": _at(),
    "publishing:incident": _at("pk=incident", breach="no", outcome="Corrected."),
    "publishing:progress": _at("pk=incident"),
    "publishing:removed_by_hand": _at("pk=removal"),
    "publishing:lift": _at("pk=freeze"),
    "facebook_hook": _at(),
}
_SIGN_IN = (
    "login_webauthn index authenticate reauthenticate activate_totp deactivate_totp add_webauthn "
    "reauthenticate_webauthn view_recovery_codes generate_recovery_codes download_recovery_codes"
)
_WARD = "ward priorities ward_priorities ward_answers ward_weeks ward_posts"
_BOROUGH = "borough borough_answers borough_work borough_survey borough_months borough_wards"
_ALL = (
    "patch patch_teams mine reports area_map map_table force force_boroughs force_months force_answers force_work "
    "force_survey survey_files spell analyses ask_pairs"
)
_KEYED = {
    "report": "pk=report",
    "report_progress": "pk=report",
    "report_table": "pk=report",
    "report_paper": "pk=report",
    "post_numbers": "pk=public",
    "picture": "pk=shown_picture",
    "measure": "code=measure",
    "survey_upload": "pk=upload",
    "confirm_upload": "pk=upload",
    "drop_upload": "pk=upload",
    "survey_file": "pk=file",
    "survey_original": "pk=file",
    "survey_corrections": "pk=file",
    "channel_numbers": "pk=channel",
    "analysis": "pk=analysis",
    "ask_again": "pk=analysis",
    "analysis_table": "pk=analysis",
}
RECIPES |= {f"mfa_{name}": _at() for name in _SIGN_IN.split()}
RECIPES |= {f"engagement:{name}": _at("code=ward") for name in _WARD.split()}
RECIPES |= {f"engagement:{name}": _at("code=borough") for name in _BOROUGH.split()}
RECIPES |= {f"engagement:{name}": _at() for name in _ALL.split()}
RECIPES |= {f"engagement:{name}": _at(keys) for name, keys in _KEYED.items()}
RECIPES |= {
    "engagement:reports": _at(team="{ward_pk}", first="{yesterday}", last="{yesterday}"),
    "engagement:measure": _at("code=measure", **_MEASURE),
    "engagement:spell": _at(**{"spelling-written": "Hackny", "spelling-team": "{borough_pk}"}),
    "engagement:analyses": _at(method="panel", outcome="{measure}", exposure="{exposure}"),
}
