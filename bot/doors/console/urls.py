"""The console's addresses. Of allauth's only those that people without mail need."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.urls import path
from django.views.i18n import set_language

from bot.doors.console import audit, care, errors, people

urlpatterns = [
    path("", care.page, name="care"),
    path("people/", people.everyone, name="people"),
    path("people/add/", people.add, name="person_add"),
    path("people/<str:username>/", people.one, name="person"),
    path("people/<str:username>/password/", people.new_password, name="person_password"),
    path("people/<str:username>/factor/", people.reset_factor, name="person_factor"),
    path("people/<str:username>/switch/", people.switch, name="person_switch"),
    path("audit/", audit.page, name="audit"),
    path("language/", set_language, name="set_language"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("account/", factor.index, name="mfa_index"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/code/", factor.authenticate, name="mfa_authenticate"),
    path("account/code/confirm/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/app/add/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/keys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("account/keys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("account/keys/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("account/keys/confirm/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/keys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/keys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
