"""The pages of requests of those concerned. An address names a request by its number, and a
document by the number of its report or dossier and the name of a field: nothing that was told."""

from django.urls import path

from vertrouwd.desk.privacy_requests import deciding_views, follow_up_views, views

urlpatterns = [
    path("verzoeken", views.requests, name="requests"),
    path("verzoeken/nieuw", views.new, name="new_request"),
    path("verzoeken/toezicht", views.overseen, name="overseen_requests"),
    path("verzoeken/<str:reference>", views.request, name="request"),
    path("verzoeken/<str:reference>/wie", views.identity, name="request_identity"),
    path("verzoeken/<str:reference>/dossiers", views.dossiers, name="request_dossiers"),
    path("verzoeken/<str:reference>/dossiers/weg", views.take_out, name="request_take_out"),
    path("verzoeken/<str:reference>/niets", views.nothing, name="request_nothing"),
    path("verzoeken/<str:reference>/verlengen", views.extend, name="request_extend"),
    path("verzoeken/<str:reference>/intrekken", views.withdraw, name="request_withdraw"),
    path("verzoeken/<str:reference>/terug", views.take_back, name="request_take_back"),
    path("verzoeken/<str:reference>/verbeteren", views.correct, name="request_correct"),
    path("verzoeken/<str:reference>/wegen", deciding_views.weigh, name="request_weigh"),
    path("verzoeken/<str:reference>/nakijken", deciding_views.look_after, name="request_look"),
    path("verzoeken/<str:reference>/brief", deciding_views.letter, name="request_letter"),
    path("verzoeken/<str:reference>/beperken", follow_up_views.restrict, name="request_restrict"),
    path("verzoeken/<str:reference>/opheffen", follow_up_views.lift, name="request_lift"),
    path("verzoeken/<str:reference>/ontvangers", follow_up_views.tell, name="request_tell"),
]
