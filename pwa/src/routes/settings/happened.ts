import { m } from '$lib/i18n/messages';

/** What happened, by the server's word for it. */
const words: Record<string, () => string> = {
  signed_in: m.event_signed_in,
  registered: m.event_registered,
  device_signed_out: m.event_device_signed_out,
  device_lost: m.event_device_lost,
  credential_made: m.event_credential_made,
  credential_revoked: m.event_credential_revoked,
  passkey_added: m.event_passkey_added,
  passkey_removed: m.event_passkey_removed,
  passkey_refused: m.event_passkey_refused,
  provider_linked: m.event_provider_linked,
  provider_unlinked: m.event_provider_unlinked,
  password_changed: m.event_password_changed,
  email_changed: m.event_email_changed,
  account_disabled: m.event_account_disabled,
  account_enabled: m.event_account_enabled,
  account_deleted: m.event_account_deleted,
  organisation_made: m.event_organisation_made,
  organisation_changed: m.event_organisation_changed,
  organisation_deleted: m.event_organisation_deleted,
  team_made: m.event_team_made,
  team_changed: m.event_team_changed,
  team_deleted: m.event_team_deleted,
  administrator_named: m.event_administrator_named,
  administrator_dismissed: m.event_administrator_dismissed,
  joined: m.event_joined,
  left: m.event_left,
  removed: m.event_removed,
  access_ended: m.event_access_ended,
  grants_changed: m.event_grants_changed,
  invited: m.event_invited,
  invitation_revoked: m.event_invitation_revoked,
  applied: m.event_applied,
  application_accepted: m.event_application_accepted,
  application_declined: m.event_application_declined,
};

/** A sentence for each word; one for all that a newer server may add. */
export const happened = (what: string): string => (words[what] ?? m.record_other)();
