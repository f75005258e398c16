import { createHmac } from 'node:crypto';
import { md4 } from './md4.ts';

export interface NtlmCredentials {
  readonly username: string;
  readonly password: string;
  /** '' where the service knows it. */
  readonly domain: string;
  /** Name of this machine, '' for none. */
  readonly workstation: string;
}

/** What is answered to a challenge, and the key that both sides then share. */
export interface NtlmV2Response {
  readonly lm: Buffer;
  readonly nt: Buffer;
  readonly sessionKey: Buffer;
}

export interface NtlmV2Challenge {
  readonly serverChallenge: Buffer;
  /** AV pairs, their end included. */
  readonly targetInfo: Buffer;
  /** The time of the challenge as a FILETIME, or of this machine. */
  readonly time: Buffer;
  /** 8 random bytes. */
  readonly clientChallenge: Buffer;
  /** The challenge told its time: then the weaker LMv2 response is left out (MS-NLMP, 3.1.5.1.2). */
  readonly hasTime: boolean;
}

/** MS-NLMP, 3.3.2. */
export function ntlmV2Response(credentials: NtlmCredentials, challenge: NtlmV2Challenge): NtlmV2Response {
  const { serverChallenge, targetInfo, time, clientChallenge, hasTime } = challenge;
  const key = responseKey(credentials);
  const temp = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    time,
    clientChallenge,
    zeros(4),
    targetInfo,
    zeros(4),
  ]);
  const proof = hmacMd5(key, serverChallenge, temp);
  const lm = hasTime
    ? zeros(24)
    : Buffer.concat([hmacMd5(key, serverChallenge, clientChallenge), clientChallenge]);
  return { lm, nt: Buffer.concat([proof, temp]), sessionKey: hmacMd5(key, proof) };
}

/** NTOWFv2 (MS-NLMP, 3.3.2). */
export function responseKey({ username, password, domain }: NtlmCredentials): Buffer {
  return hmacMd5(md4(utf16(password)), utf16(username.toUpperCase() + domain));
}

export function hmacMd5(key: Buffer, ...parts: readonly Buffer[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

export function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

function zeros(length: number): Buffer {
  return Buffer.alloc(length);
}
