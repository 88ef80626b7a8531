"""The address of the workload: it says nothing."""

from django.urls import path

from vertrouwd.desk.workload import views

urlpatterns = [path("verdelen/werk", views.show, name="workload")]
