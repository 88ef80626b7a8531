"""The addresses of the fixed pages (docs/contracts/public-site.md)."""

from django.urls import path

from vertrouwd.intake.plain import views

urlpatterns = [
    path("veilig-melden", views.safely, name="safely"),
    path("privacy", views.privacy, name="privacy"),
    path("toegankelijkheid", views.accessibility, name="accessibility"),
    path("weg", views.leave, name="leave"),
]
