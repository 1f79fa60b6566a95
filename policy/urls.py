from __future__ import annotations

from django.urls import path

from policy import views, views_holds, views_registers, views_review, views_templates

app_name = "policy"

urlpatterns = [
    # ---- the author
    path("hints/", views.hints, name="hints"),
    path("posts/<int:pk>/submit/", views.submit, name="submit"),
    path("posts/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("posts/<int:pk>/checks/", views.post_story, name="story"),
    path("posts/<int:pk>/note/", views.note, name="note"),
    path("templates/", views_templates.template_list, name="templates"),
    path("templates/<str:key>/", views_templates.template, name="template"),
    # ---- the reviewer
    path("review/", views_review.queue, name="queue"),
    path("review/<int:pk>/", views_review.review_one, name="review"),
    path("review/<int:pk>/approve/", views_review.approve, name="approve"),
    path("review/<int:pk>/send-back/", views_review.send_back, name="send_back"),
    path("review/<int:pk>/refer/", views_review.refer, name="refer"),
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
