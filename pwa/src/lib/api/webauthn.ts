/**
 * Passkeys, between JSON and the browser. WebAuthn Level 3 §5.1.8 to 5.1.10 gives browsers `parse…FromJSON` and `toJSON`, but
 * only those of 2024 and later have them; these few lines are the same for phones of the years before.
 */

type Plain = Record<string, unknown>;
/** Options as the server writes them: binary members are base64url. */
export type Asked = Plain;
/** A credential as the server reads it (RegistrationResponseJSON, AuthenticationResponseJSON). */
export type Given = Record<string, unknown>;

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

export const textOf = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const descriptors = (list: unknown) =>
  ((list ?? []) as { id: string }[]).map((one) => ({ ...one, id: bytesOf(one.id) }));

/** Turn the server's options into what `navigator.credentials` takes. */
export function options(asked: Asked): Plain {
  const { challenge, user, allowCredentials, excludeCredentials, ...rest } = asked;
  const person = user as { id: string } | undefined;
  return {
    ...rest,
    challenge: bytesOf(challenge as string),
    ...(person ? { user: { ...person, id: bytesOf(person.id) } } : {}),
    ...(allowCredentials ? { allowCredentials: descriptors(allowCredentials) } : {}),
    ...(excludeCredentials ? { excludeCredentials: descriptors(excludeCredentials) } : {}),
  };
}

/** Turn what the browser gave into what the server reads. */
function given(credential: PublicKeyCredential): Given {
  const { response } = credential;
  const members: Given = { clientDataJSON: textOf(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    members.attestationObject = textOf(response.attestationObject);
    members.transports = response.getTransports?.() ?? [];
  } else {
    const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
    members.authenticatorData = textOf(authenticatorData);
    members.signature = textOf(signature);
    members.userHandle = userHandle ? textOf(userHandle) : null;
  }
  return {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: members,
  };
}

/** The browser knows passkeys, and the address is one that may have them (a name, not a number). */
export const passkeysWork = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' && isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname);

/** The browser offers passkeys where it fills in addresses. */
export const passkeysFillIn = async (): Promise<boolean> =>
  passkeysWork() && ((await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false);

/** Null: the person thought better of it, or there was none. */
export async function usePasskey(
  asked: Plain,
  how: { mediation?: CredentialMediationRequirement; signal?: AbortSignal } = {},
): Promise<Given | null> {
  return attempt(() => navigator.credentials.get({ publicKey: asked as never, ...how }));
}

export async function makePasskey(asked: Plain): Promise<Given | null> {
  return attempt(() => navigator.credentials.create({ publicKey: asked as never }));
}

/** Every way of not doing it (no, too late, not here, stopped) is the same to us: nothing was made, nothing is known. */
async function attempt(ask: () => Promise<Credential | null>): Promise<Given | null> {
  try {
    const credential = await ask();
    return credential && given(credential as PublicKeyCredential);
  } catch (no) {
    if (no instanceof DOMException) return null;
    throw no;
  }
}
