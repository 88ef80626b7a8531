"""The pages of one dossier. An address names a dossier by its number, and nothing else."""

from django.urls import path

from vertrouwd.desk.case import (
    correcting_views,
    handover_views,
    joining_views,
    undo_views,
    views,
)

urlpatterns = [
    path("dossiers/<str:reference>", views.dossier, name="dossier"),
    path("dossiers/<str:reference>/codering", views.coding, name="dossier_coding"),
    path("dossiers/<str:reference>/verbeteren", correcting_views.correct, name="dossier_correct"),
    path("dossiers/<str:reference>/overnemen", correcting_views.follow, name="dossier_follow"),
    path("dossiers/<str:reference>/status", views.status, name="dossier_status"),
    path("dossiers/<str:reference>/taak", views.task, name="dossier_task"),
    path("dossiers/<str:reference>/taak/besluit", views.task_act, name="dossier_task_act"),
    path("dossiers/<str:reference>/samenvoegen", joining_views.join, name="dossier_join"),
    path("dossiers/<str:reference>/andere-zaak", joining_views.apart, name="dossier_apart"),
    path("dossiers/<str:reference>/losmaken", joining_views.separate, name="dossier_separate"),
    path("dossiers/<str:reference>/terug", undo_views.take_back, name="dossier_take_back"),
    path("dossiers/<str:reference>/laat-weten", undo_views.leave, name="dossier_leave_word"),
    path("verdelen/overdracht", handover_views.handover, name="handover"),
    path("verdelen/overdracht/terug", handover_views.undo, name="handover_undo"),
]
