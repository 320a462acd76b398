"""The two ceremonies of WebAuthn Level 3 as the library does them: to ask a browser, and to check its answer.

Registration is §7.1, authentication §7.2. Only what a person does with a passkey loads this module: the library brings
all formats of attestation with it, 6 MB that an idle server would carry for nothing.
"""

from datetime import timedelta

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from backend.accounts.domain import Person
from backend.accounts.passkey_domain import MAX_CREDENTIAL, Held, Json, Made, PasskeyError, Place

_REQUIRED = UserVerificationRequirement.REQUIRED
_BROKEN = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
"""What the library raises for an answer that does not verify, or that is no answer at all."""


def to_make(rp: str, name: str, person: Person, known: list[str], challenge: bytes, lifetime: timedelta) -> Json:
    """Return what the browser is asked with to make a passkey at the domain `rp`; `known` are left out."""
    options = generate_registration_options(
        rp_id=rp,
        rp_name=name,
        user_id=person.id.encode(),
        user_name=person.name or name,
        user_display_name=person.name or name,
        challenge=challenge,
        timeout=_milliseconds(lifetime),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
    )
    return options_to_json_dict(options)


def to_sign_in(rp: str, challenge: bytes, lifetime: timedelta) -> Json:
    """Return what the browser is asked with to sign in; it names nobody, so it tells nothing."""
    options = generate_authentication_options(
        rp_id=rp, challenge=challenge, timeout=_milliseconds(lifetime), user_verification=_REQUIRED
    )
    return options_to_json_dict(options)


def challenge_of(answer: Json) -> bytes:
    """Return the challenge that an answer names. Raises PasskeyError when it names none."""
    try:
        return parse_client_data_json(base64url_to_bytes(answer["response"]["clientDataJSON"])).challenge
    except _BROKEN as error:
        raise PasskeyError from error


def made(place: Place, answer: Json, challenge: bytes) -> Made:
    """Check a new passkey. Raises PasskeyError."""
    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.rp,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except _BROKEN as error:
        raise PasskeyError from error
    credential = bytes_to_base64url(found.credential_id)
    if len(credential) > MAX_CREDENTIAL:
        raise PasskeyError
    return Made(
        credential, bytes_to_base64url(found.credential_public_key), found.sign_count, found.credential_backed_up
    )


def used(place: Place, answer: Json, held: Held, challenge: bytes) -> Made:
    """Check a passkey that signs somebody in, and return it with its new counter. Raises PasskeyError."""
    try:
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.rp,
            expected_origin=place.origin,
            credential_public_key=base64url_to_bytes(held.public_key),
            credential_current_sign_count=0,  # the counter is ours to judge, so that a copy is told from a forgery
            require_user_verification=True,
        )
    except _BROKEN as error:
        raise PasskeyError from error
    if (found.new_sign_count or held.counter) and found.new_sign_count <= held.counter:
        raise PasskeyError(copied=True)
    return Made(held.credential, held.public_key, found.new_sign_count, found.credential_backed_up)


def _milliseconds(lifetime: timedelta) -> int:
    return int(lifetime.total_seconds() * 1000)
