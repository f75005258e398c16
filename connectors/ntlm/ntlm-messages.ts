import { AvId, parseAvPairs, writeAvPairs, type AvPair } from './av-pairs.ts';
import { hmacMd5, ntlmV2Response, utf16, type NtlmCredentials } from './ntlm-v2.ts';

/** What the other side says cannot be answered by NTLMv2. */
export class NtlmError extends Error {
  override readonly name = 'NtlmError';
}

/** MS-NLMP, 2.2.2.5. */
const Flag = {
  unicode: 0x1,
  requestTarget: 0x4,
  ntlm: 0x200,
  alwaysSign: 0x8000,
  extendedSessionSecurity: 0x80000,
  targetInfo: 0x800000,
} as const;

/** No key exchange: nothing is signed or sealed with it over HTTP. */
const OFFERED =
  Flag.unicode |
  Flag.requestTarget |
  Flag.ntlm |
  Flag.alwaysSign |
  Flag.extendedSessionSecurity |
  Flag.targetInfo;

const SIGNATURE = Buffer.from('NTLMSSP\0');

/** NEGOTIATE_MESSAGE (MS-NLMP, 2.2.1.1). */
export function negotiateMessage(): Buffer {
  const message = Buffer.alloc(40);
  SIGNATURE.copy(message);
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE(OFFERED, 12);
  message.writeUInt32LE(message.length, 20);
  message.writeUInt32LE(message.length, 28);
  return message;
}

export interface Challenge {
  readonly flags: number;
  readonly serverChallenge: Buffer;
  readonly targetInfo: readonly AvPair[];
}

/** CHALLENGE_MESSAGE (MS-NLMP, 2.2.1.2). @throws NtlmError if it is none, or not one for NTLMv2. */
export function parseChallenge(message: Buffer): Challenge {
  if (!message.subarray(0, 8).equals(SIGNATURE) || message.length < 48 || message.readUInt32LE(8) !== 2)
    throw new NtlmError('the challenge of the service is no NTLM challenge');
  const flags = message.readUInt32LE(20);
  if ((flags & Flag.unicode) === 0 || (flags & Flag.targetInfo) === 0)
    throw new NtlmError('the challenge of the service does not allow NTLMv2');
  const start = message.readUInt32LE(44);
  try {
    const targetInfo = parseAvPairs(message.subarray(start, start + message.readUInt16LE(40)));
    return { flags, serverChallenge: message.subarray(24, 32), targetInfo };
  } catch (error) {
    if (error instanceof RangeError) throw new NtlmError('the challenge of the service is cut off');
    throw error;
  }
}

export interface Handshake {
  readonly negotiate: Buffer;
  readonly challenge: Buffer;
  /** 8 random bytes. */
  readonly clientChallenge: Buffer;
  /** Milliseconds since the epoch; counts where the challenge does not tell its time. */
  readonly now: number;
}

const HEADER_BYTES = 88;
const MIC_AT = 72;

/** MIC_PROVIDED (MS-NLMP, 2.2.2.1, MsvAvFlags). */
const MIC_PROVIDED = 2;

/** AUTHENTICATE_MESSAGE (MS-NLMP, 2.2.1.3), with a MIC where the challenge tells its time (3.1.5.1.2). @throws NtlmError */
export function authenticateMessage(credentials: NtlmCredentials, handshake: Handshake): Buffer {
  const { negotiate, challenge, clientChallenge, now } = handshake;
  const { flags, serverChallenge, targetInfo } = parseChallenge(challenge);
  const timestamp = targetInfo.find(({ id }) => id === AvId.timestamp);
  const { lm, nt, sessionKey } = ntlmV2Response(credentials, {
    serverChallenge,
    clientChallenge,
    targetInfo: writeAvPairs(timestamp ? withMicFlag(targetInfo) : targetInfo),
    time: timestamp?.value ?? fileTime(now),
    hasTime: timestamp !== undefined,
  });
  const { domain, username, workstation } = credentials;
  const fields = [lm, nt, utf16(domain), utf16(username), utf16(workstation), Buffer.alloc(0)];
  const message = assembled(fields, flags & OFFERED);
  if (timestamp) hmacMd5(sessionKey, negotiate, challenge, message).copy(message, MIC_AT);
  return message;
}

function assembled(fields: readonly Buffer[], flags: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  SIGNATURE.copy(header);
  header.writeUInt32LE(3, 8);
  let offset = HEADER_BYTES;
  for (const [index, { length }] of fields.entries()) {
    const at = 12 + index * 8;
    header.writeUInt16LE(length, at);
    header.writeUInt16LE(length, at + 2);
    header.writeUInt32LE(offset, at + 4);
    offset += length;
  }
  header.writeUInt32LE(flags >>> 0, 60);
  return Buffer.concat([header, ...fields]);
}

function withMicFlag(pairs: readonly AvPair[]): AvPair[] {
  const value = Buffer.alloc(4);
  const given = pairs.find(({ id }) => id === AvId.flags);
  value.writeUInt32LE((given?.value.readUInt32LE(0) ?? 0) | MIC_PROVIDED);
  return [...pairs.filter(({ id }) => id !== AvId.flags), { id: AvId.flags, value }];
}

const FILETIME_OF_EPOCH_MS = 11_644_473_600_000n;

/** Tenths of microseconds since 1601 (MS-DTYP, 2.3.3). */
function fileTime(now: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(now) + FILETIME_OF_EPOCH_MS) * 10_000n);
  return bytes;
}
