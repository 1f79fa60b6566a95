from __future__ import annotations

from django.urls import path

from publishing import views, views_calendar, views_doubts, views_incidents, views_money, views_report

app_name = "publishing"

urlpatterns = [
    path("posts/<int:pk>/story/", views.post_story, name="story"),
    path("posts/<int:pk>/recall/", views.recall, name="recall"),
    path("deliveries/<int:pk>/decide/", views.decide, name="decide"),
    path("posts/<int:pk>/take-down/", views_incidents.take_down, name="take_down"),
    path("posts/<int:pk>/removal-date/", views_incidents.removal_date, name="removal_date"),
    path("calendar/", views_calendar.calendar_page, name="calendar"),
    path("calendar/address/", views_calendar.address, name="calendar_address"),
    path("calendar/feed/<slug:token>.ics", views_calendar.feed_file, name="feed"),
    path("posts/<int:pk>/move/", views_calendar.move, name="move"),
    path("doubts/", views_doubts.listing, name="doubts"),
    path("money/", views_money.overview, name="money"),
    path("money/price/", views_money.price, name="price"),
    path("money/budget/<int:pk>/", views_money.budget, name="budget"),
    path("money/pauses/<int:pk>/resume/", views_money.resume, name="resume_network"),
    path("cost/", views_money.cost_of_draft, name="cost_of_draft"),
    path("posts/<int:pk>/cost/", views_money.cost, name="cost"),
    path("report/", views_report.daily, name="report"),
    path("incidents/", views_incidents.incidents, name="incidents"),
    path("incidents/<int:pk>/", views_incidents.incident, name="incident"),
    path("incidents/<int:pk>/progress/", views_incidents.progress, name="progress"),
    path("removals/<int:pk>/done/", views_incidents.removed_by_hand, name="removed_by_hand"),
    path("freezes/<int:pk>/lift/", views_incidents.lift, name="lift"),
]
