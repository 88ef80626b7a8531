"""The pages about the key of an inspector."""

from django.urls import path

from vertrouwd.accounts.unlock import granting_views as unlock_granting_views
from vertrouwd.accounts.unlock import key_views as unlock_key_views
from vertrouwd.accounts.unlock import views as unlock_views

urlpatterns = [
    path("ontgrendelen", unlock_views.unlock_page, name="unlock"),
    path("vergrendelen", unlock_views.lock_now, name="lock"),
    path("sleutel", unlock_key_views.my_key, name="key"),
    path("sleutel/nieuw", unlock_key_views.new_key, name="key_new"),
    path("sleutel/wachtzin", unlock_key_views.new_passphrase, name="key_passphrase"),
    path("sleutel/overtypen", unlock_key_views.retype, name="key_retype"),
    path("sleutel/passkey", unlock_key_views.passkey, name="key_passkey"),
    path("sleutel/passkey/weg", unlock_key_views.remove_passkey, name="key_passkey_remove"),
    path("sleutel/toelaten", unlock_granting_views.granting, name="granting"),
    path("sleutel/toelaten/intrekken", unlock_granting_views.revoking, name="revoking"),
]
