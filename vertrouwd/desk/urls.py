"""The addresses of the pages of the desk: nothing that was typed, nothing about a person."""

from django.urls import include, path

from vertrouwd.desk import dividing_views, oversight_views, rota_views, views

urlpatterns = [
    path("", views.home, name="desk_home"),
    path("", include("vertrouwd.desk.intake.urls")),
    path("", include("vertrouwd.desk.worklist.urls")),
    path("", include("vertrouwd.desk.workload.urls")),
    path("", include("vertrouwd.desk.notices.urls")),
    path("", include("vertrouwd.desk.case.urls")),
    path("", include("vertrouwd.desk.writing.urls")),
    path("", include("vertrouwd.desk.duties.urls")),
    path("", include("vertrouwd.desk.advice.urls")),
    path("", include("vertrouwd.desk.privacy_requests.urls")),
    path("", include("vertrouwd.desk.attachments.urls")),
    path("glas", views.glass, name="glass"),
    path("glas/nazien", oversight_views.glass_reviews, name="glass_reviews"),
    path("glas/nazien/<int:number>", oversight_views.glass_review, name="glass_review"),
    path("blikken", oversight_views.my_looks, name="looks"),
    path("logboek", oversight_views.log, name="log"),
    path("rechten", oversight_views.rights, name="rights"),
    path("rechten/besluit", oversight_views.decide_right, name="decide_right"),
    path("verdelen", dividing_views.divide, name="divide"),
    path("verdelen/einde", dividing_views.end_handling, name="end_handling"),
    path("rooster", rota_views.rota, name="rota"),
    path("rooster/reeks", rota_views.duty_days, name="duty_days"),
    path("rooster/<str:day>", rota_views.duty_day, name="duty_day"),
    path("belangen", dividing_views.interests, name="interests"),
    path("belangen/<int:number>/einde", dividing_views.end_interest, name="end_interest"),
]
