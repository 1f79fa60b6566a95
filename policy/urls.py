from __future__ import annotations

from django.urls import path

from policy import (
    views,
    views_cases,
    views_documents,
    views_holds,
    views_law,
    views_overrides,
    views_pictures,
    views_proposals,
    views_registers,
    views_review,
    views_templates,
    views_times,
)

app_name = "policy"

urlpatterns = [
    # ---- the author
    path("hints/", views.hints, name="hints"),
    path("posts/<int:pk>/submit/", views.submit, name="submit"),
    path("posts/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("posts/<int:pk>/pictures/withdraw/", views_pictures.withdraw_pictures, name="withdraw_pictures"),
    path("posts/<int:pk>/checks/", views.post_story, name="story"),
    path("posts/<int:pk>/note/", views.note, name="note"),
    path("templates/", views_templates.template_list, name="templates"),
    path("templates/<str:key>/", views_templates.template, name="template"),
    path("posts/<int:pk>/times/", views_times.times_of_post, name="times_of_post"),
    path("posts/<int:pk>/live-case/", views_times.put_on_live_case, name="put_on_live_case"),
    path("posts/<int:pk>/ask-override/", views_overrides.ask_override, name="ask_override"),
    path("policy/lessons/<slug:rule>/", views_overrides.lesson, name="lesson"),
    # ---- the reviewer
    path("review/", views_review.queue, name="queue"),
    path("review/<int:pk>/", views_review.review_one, name="review"),
    path("review/<int:pk>/approve/", views_review.approve, name="approve"),
    path("review/<int:pk>/send-back/", views_review.send_back, name="send_back"),
    path("review/<int:pk>/refer/", views_review.refer, name="refer"),
    path("review/overrides/<int:pk>/", views_overrides.decide_override, name="decide_override"),
    path("review/overrides/<int:pk>/second/", views_overrides.second_override, name="second_override"),
    # ---- the policies people work by
    path("policy/documents/", views_documents.document_list, name="documents"),
    path("policy/documents/new/", views_documents.new_document, name="new_document"),
    path("policy/documents/unconfirmed/", views_documents.unconfirmed, name="unconfirmed"),
    path("policy/documents/confirm/", views_documents.attest_all, name="attest_all"),
    path("policy/documents/<slug:key>/", views_documents.document, name="document"),
    path("policy/documents/<slug:key>/<int:number>/", views_documents.document_version, name="document_version"),
    path("policy/documents/<slug:key>/write/", views_documents.write_document, name="write_document"),
    path("policy/documents/<slug:key>/reviewed/", views_documents.review_document, name="review_document"),
    path("policy/documents/versions/<int:pk>/attest/", views_documents.attest, name="attest"),
    path("policy/documents/versions/<int:pk>/sign/", views_documents.sign_document, name="sign_document"),
    path("policy/documents/versions/<int:pk>/publish/", views_documents.publish_document, name="publish_document"),
    # ---- times and live cases
    path("policy/times/", views_times.times, name="times"),
    path("policy/times/new/", views_times.new_time, name="new_time"),
    path("policy/times/<int:pk>/agree/", views_times.agree_time, name="agree_time"),
    path("policy/times/<int:pk>/ask-close/", views_times.ask_close_time, name="ask_close_time"),
    path("policy/times/<int:pk>/close/", views_times.close_time, name="close_time"),
    path("policy/live-cases/", views_times.live_case_list, name="live_cases"),
    path("policy/live-cases/<int:pk>/", views_times.close_live_case, name="close_live_case"),
    # ---- the law
    path("policy/", views_law.law, name="law"),
    path("policy/words/", views_law.words, name="words"),
    path("policy/on-a-day/", views_law.on_a_day, name="on_a_day"),
    path("policy/quality/", views_law.how_well, name="quality"),
    path("policy/rules/<slug:rule>/", views_law.rule, name="rule"),
    path("policy/editions/<int:number>/", views_law.edition, name="edition"),
    path("policy/proposals/", views_proposals.proposal_list, name="proposals"),
    path("policy/proposals/<int:pk>/", views_proposals.proposal, name="proposal"),
    path("policy/proposals/<int:pk>/rules/<slug:rule>/", views_proposals.proposal_rule, name="proposal_rule"),
    path("policy/proposals/<int:pk>/words/<slug:name>/", views_proposals.proposal_words, name="proposal_words"),
    path("policy/proposals/<int:pk>/start/", views_proposals.start_proposal, name="start_proposal"),
    path("policy/proposals/<int:pk>/try/", views_proposals.try_proposal, name="try_proposal"),
    path("policy/proposals/<int:pk>/sign/", views_proposals.sign_proposal, name="sign_proposal"),
    path("policy/proposals/<int:pk>/withdraw/", views_proposals.withdraw_proposal, name="withdraw_proposal"),
    # ---- what the rules got wrong
    path("policy/cases/", views_cases.case_list, name="cases"),
    path("policy/cases/<int:pk>/", views_cases.decide_case, name="decide_case"),
    path("posts/<int:pk>/file-case/", views_cases.file_case, name="file_case"),
    # ---- the registers
    path("policy/registers/", views_registers.register_list, name="registers"),
    path("policy/registers/<slug:kind>/", views_registers.register, name="register"),
    path("policy/registers/lines/<int:pk>/retire/", views_registers.retire_line, name="retire_line"),
    # ---- holds
    path("holds/", views_holds.hold_list, name="holds"),
    path("holds/banner/", views_holds.banner, name="banner"),
    path("holds/<int:pk>/", views_holds.hold_one, name="hold"),
    path("holds/<int:pk>/confirm/", views_holds.confirm, name="confirm_hold"),
    path("holds/<int:pk>/review/", views_holds.review, name="review_hold"),
    path("holds/<int:pk>/posts/<int:post>/reconfirm/", views_holds.reconfirm, name="reconfirm"),
    path("holds/<int:pk>/posts/<int:post>/ask/", views_holds.ask_clearance, name="ask_clearance"),
    path("holds/<int:pk>/posts/<int:post>/clear/", views_holds.give_clearance, name="give_clearance"),
    path("holds/<int:pk>/ask-release/", views_holds.ask_release, name="ask_release"),
    path("holds/<int:pk>/release/", views_holds.release, name="release"),
]
