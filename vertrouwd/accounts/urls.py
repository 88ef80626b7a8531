"""The addresses of logging in, of one's own account, and of the people who work here."""

from django.urls import path

from vertrouwd.accounts.login import organisation_views
from vertrouwd.accounts.login import views as login_views
from vertrouwd.accounts.own_account import views as account_views
from vertrouwd.accounts.people import views as people_views
from vertrouwd.accounts.second_step import passkey_views
from vertrouwd.accounts.second_step import views as setup_views

urlpatterns = [
    path("inloggen", login_views.log_in, name="log_in"),
    path("inloggen/code", login_views.log_in_code, name="log_in_code"),
    path("inloggen/passkey", passkey_views.log_in_passkey, name="log_in_passkey"),
    path("inloggen/passkey/vraag", passkey_views.login_options, name="log_in_passkey_options"),
    path("inloggen/organisatie", organisation_views.leave, name="log_in_organisation"),
    path("inloggen/organisatie/terug", organisation_views.back, name="log_in_organisation_back"),
    path("uitloggen", login_views.log_out, name="log_out"),
    path("welkom", setup_views.welcome, name="welcome"),
    path("welkom/wachtwoord", setup_views.first_password, name="first_password"),
    path("twee-stappen", setup_views.set_up, name="set_up"),
    path("twee-stappen/passkey", passkey_views.new_passkey, name="new_passkey"),
    path("twee-stappen/passkey/vraag", passkey_views.registration_options, name="passkey_options"),
    path("mijn-account", account_views.account, name="account"),
    path("mijn-account/bevestigen", account_views.confirm, name="confirm"),
    path("mijn-account/wachtwoord", account_views.password, name="password"),
    path("mijn-account/passkeys/<int:number>", account_views.passkey, name="passkey"),
    path(
        "mijn-account/passkeys/<int:number>/weg",
        account_views.passkey_removed,
        name="passkey_removed",
    ),
    path("mijn-account/app/weg", account_views.app_removed, name="app_removed"),
    path("mijn-account/herstelcodes", account_views.recovery_codes, name="recovery_codes"),
    path("mijn-account/taal", account_views.language, name="language"),
    path("sessies", account_views.sessions, name="sessions"),
    path("sessies/beeindigen", account_views.sessions_ended, name="sessions_ended"),
    path("mensen", people_views.everybody, name="people"),
    path("mensen/<int:number>", people_views.person, name="person"),
    path("mensen/<int:number>/rol", people_views.give_role, name="give_role"),
    path("mensen/<int:number>/rol-weg", people_views.end_role, name="end_role"),
    path("mensen/<int:number>/sluiten", people_views.deactivate, name="deactivate"),
    path("mensen/<int:number>/openen", people_views.reactivate, name="reactivate"),
    path("mensen/<int:number>/uitnodigen", people_views.invite, name="invite"),
    path("mensen/<int:number>/opnieuw", people_views.start_over, name="start_over"),
    path("mensen/<int:number>/verbinden", people_views.bind, name="bind"),
]
