from __future__ import annotations

from django.urls import path

from engagement import (
    views,
    views_analyses,
    views_map,
    views_mine,
    views_priorities,
    views_reports,
    views_survey,
    views_tables,
)

app_name = "engagement"

urlpatterns = [
    path("", views.patch, name="patch"),
    path("teams.csv", views_tables.patch_teams, name="patch_teams"),
    path("mine/", views_mine.mine, name="mine"),
    path("reports/", views_reports.reports, name="reports"),
    path("reports/<int:pk>/", views_reports.report, name="report"),
    path("reports/<int:pk>/progress/", views_reports.report_progress, name="report_progress"),
    path("reports/<int:pk>/figures.csv", views_reports.report_table, name="report_table"),
    path("reports/<int:pk>/report.pdf", views_reports.report_paper, name="report_paper"),
    path("map/", views_map.area_map, name="area_map"),
    path("map.csv", views_map.map_table, name="map_table"),
    path("wards/<str:code>/", views.ward, name="ward"),
    path("wards/<str:code>/priorities/", views_priorities.ward, name="priorities"),
    path("wards/<str:code>/priorities.csv", views_priorities.ward_table, name="ward_priorities"),
    path("force/", views.force, name="force"),
    path("force/boroughs.csv", views_tables.force_boroughs, name="force_boroughs"),
    path("force/months.csv", views_tables.force_months, name="force_months"),
    path("force/answers.csv", views_tables.force_answers, name="force_answers"),
    path("force/survey.csv", views_tables.force_survey, name="force_survey"),
    path("force/work.csv", views_tables.force_work, name="force_work"),
    path("wards/<str:code>/answers.csv", views_tables.ward_answers, name="ward_answers"),
    path("boroughs/<str:code>/answers.csv", views_tables.borough_answers, name="borough_answers"),
    path("boroughs/<str:code>/work.csv", views_tables.borough_work, name="borough_work"),
    path("wards/<str:code>/weeks.csv", views_tables.ward_weeks, name="ward_weeks"),
    path("wards/<str:code>/posts.csv", views_tables.ward_posts, name="ward_posts"),
    path("boroughs/<str:code>/", views.borough, name="borough"),
    path("boroughs/<str:code>/survey.csv", views_tables.borough_survey, name="borough_survey"),
    path("boroughs/<str:code>/months.csv", views_tables.borough_months, name="borough_months"),
    path("boroughs/<str:code>/wards.csv", views_tables.borough_wards, name="borough_wards"),
    # The survey's files and its questions.
    path("survey/", views_survey.survey_files, name="survey_files"),
    path("survey/spellings/", views_survey.spell, name="spell"),
    path("survey/uploads/<int:pk>/", views_survey.survey_upload, name="survey_upload"),
    path("survey/uploads/<int:pk>/confirm/", views_survey.confirm_upload, name="confirm_upload"),
    path("survey/uploads/<int:pk>/drop/", views_survey.drop_upload, name="drop_upload"),
    path("survey/files/<int:pk>/", views_survey.survey_file, name="survey_file"),
    path("survey/files/<int:pk>/original/", views_survey.survey_original, name="survey_original"),
    path("survey/files/<int:pk>/corrections.csv", views_survey.survey_corrections, name="survey_corrections"),
    path("survey/questions/<str:code>/", views_survey.measure, name="measure"),
    # What goes together.
    path("analyses/", views_analyses.analyses, name="analyses"),
    path("analyses/associations/", views_analyses.ask_pairs, name="ask_pairs"),
    path("analyses/<int:pk>/", views_analyses.analysis, name="analysis"),
    path("analyses/<int:pk>/again/", views_analyses.ask_again, name="ask_again"),
    path("analyses/<int:pk>.csv", views_analyses.analysis_table, name="analysis_table"),
    path("posts/<int:pk>/", views.post_numbers, name="post_numbers"),
    path("channels/<int:pk>/", views.channel_numbers, name="channel_numbers"),
    path("pictures/<int:pk>/", views.picture, name="picture"),
]
