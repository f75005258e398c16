import { scanJson } from '../input/scan-json.ts';
import { TokenRefusal, type TokenError } from './token-refusal.ts';

/** Header and payload of a JWS, not yet verified: good for choosing by whom to verify, for nothing else. */
export interface UnverifiedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What is read, and what it is answered with if it is not to be read. */
interface Kind {
  readonly name: string;
  readonly error: TokenError;
}

const ACCESS_TOKEN: Kind = { name: 'token', error: 'invalid_token' };
export const PROOF: Kind = { name: 'proof', error: 'invalid_dpop_proof' };

/** RFC 7515, 3.1: three parts, none empty; a JWE has five, an unsigned token an empty third. */
const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;
const MAX_DEPTH = 16;

/**
 * Reads a compact JWS more strictly than RFC 7515 asks: one way alone to write each token, so that nothing can be read
 * differently by another reader (RFC 8725, 2.4, 3.10).
 * @throws TokenRefusal
 */
export function parseToken(token: string, kind: Kind = ACCESS_TOKEN): UnverifiedToken {
  const [, header = '', payload = '', signature = ''] = COMPACT.exec(token) ?? [];
  if (header === '') throw refusal(kind, 'is not a signed JWT.');
  decodePart(signature, kind);
  const parsed = parsePart(header, kind);
  // RFC 7515, 4.1.11: none of the extensions is understood here; `b64` (RFC 7797, 7) must not be used in a JWT.
  if ('crit' in parsed || 'b64' in parsed) throw refusal(kind, 'uses an extension that is not supported.');
  return { header: parsed, payload: parsePart(payload, kind) };
}

/** RFC 7519, 4: a reader may refuse duplicate members, or take the last; refusing leaves nothing to confuse. */
function parsePart(part: string, kind: Kind): Readonly<Record<string, unknown>> {
  const text = toText(decodePart(part, kind), kind);
  const { isTooDeep, faults } = scanJson(text, MAX_DEPTH);
  if (isTooDeep) throw refusal(kind, 'is nested too deep.');
  const value = parseJson(text, kind);
  if (faults.some(({ code }) => code === 'duplicate-member')) throw refusal(kind, 'has a member twice.');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refusal(kind, 'is not a JWT.');
  return value as Readonly<Record<string, unknown>>;
}

/** The last character of base64url has bits that say nothing; only zeros are taken (RFC 4648, 3.5). */
function decodePart(part: string, kind: Kind): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw refusal(kind, 'is not well encoded.');
  return bytes;
}

function toText(bytes: Buffer, kind: Kind): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refusal(kind, 'is not UTF-8.');
  }
}

function parseJson(text: string, kind: Kind): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refusal(kind, 'is not a JWT.');
  }
}

function refusal({ name, error }: Kind, what: string): TokenRefusal {
  return new TokenRefusal(`The ${name} ${what}`, error);
}
