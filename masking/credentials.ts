import type { Span } from './span.ts';

/** What only its owner should know is called so, or ends so: `access_token`, `userPassword`. */
const NAMES =
  'password|passwort|kennwort|passwd|passphrase|passcode|pwd|(?<![a-z])pw|secret|token|api[_-]?key|private[_-]?key|session(?:[_-]?id)?|authorization|cookie|cvv2?|cvc2?|otp|pin';

/** Prose goes on after the name of a scheme. */
const NO_TOKEN = '(?!(?:auth|authentication|authorization|credentials|realm|scheme|token)(?![\\w.~+/=-]))';

/** What a group holds is masked, or all. Each form passes over a text once: no long run can be entered in its middle. */
const FORMS: readonly RegExp[] = [
  // JSON Web Tokens (RFC 7519), whole or with only two parts, encrypted ones too.
  /(?<![\w-])eyJ[\w-]+\.[\w-]+(?:\.[\w-]*){0,3}/dg,
  // Credentials of a header field (RFC 9110, 11.4).
  new RegExp(`(?<!\\w)(?:Bearer|Basic|DPoP|Negotiate|NTLM)[ \\t]{1,8}${NO_TOKEN}([\\w.~+/=-]{4,})`, 'dgi'),
  // `name: value`, `name="value"`, `"name":"value"`.
  new RegExp(
    `(?:${NAMES})["']?[ \\t]{0,8}[:=][ \\t]{0,8}(?:"((?:[^"\\\\\\n]|\\\\.)+)|'([^'\\n]+)|([^\\s"',;&<]+))`,
    'dgi',
  ),
  // What an XML element holds.
  new RegExp(`<(?:[\\w.-]{1,64}:)?[\\w.-]{0,64}(?:${NAMES})(?=[\\s>])[^<>]*>([^<]+)`, 'dgi'),
  // User and password in a URL (RFC 3986, 3.2.1).
  /(?<=:\/\/)[^\s/?#"'<>]+(?=@)/dg,
];

/** Runs of letters and digits together: keys and session ids, but also much that is none. */
const OPAQUE = /(?<![\w+/=-])(?=[+/=A-Za-z_-]*\d)(?=[\d+/=_-]*[A-Za-z])[\w+/=-]{24,}/dg;

export function credentialsIn(text: string): Span[] {
  return FORMS.flatMap((form) => spansOf(text, form));
}

export function opaqueKeysIn(text: string): Span[] {
  return spansOf(text, OPAQUE);
}

const SECRET_NAME = new RegExp(`(?:${NAMES})$`, 'i');

/** Whether a member or header field of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

function spansOf(text: string, form: RegExp): Span[] {
  return Array.from(text.matchAll(form), ({ indices }) => {
    const [whole, ...groups] = indices as readonly (readonly [number, number] | undefined)[];
    const [start, end] = groups.find((group) => group !== undefined) ?? whole!;
    return { start, end };
  });
}
