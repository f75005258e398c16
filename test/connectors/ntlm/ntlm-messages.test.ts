import assert from 'node:assert/strict';
import { md4 } from '../../../connectors/ntlm/md4.ts';
import {
  authenticateMessage,
  negotiateMessage,
  parseChallenge,
} from '../../../connectors/ntlm/ntlm-messages.ts';
import { ntlmV2Response, responseKey } from '../../../connectors/ntlm/ntlm-v2.ts';

const credentials = { username: 'User', password: 'Password', domain: 'Domain', workstation: 'COMPUTER' };
const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** MS-NLMP, 4.2.4.3: the challenge of its example. */
const CHALLENGE =
  hex(`4e544c4d53535000 02000000 0c000c00 38000000 33828ae2 0123456789abcdef 0000000000000000 24002400 44000000
  0600701700 00000f 530065007200760065007200 02000c00 44006f006d00610069006e00 01000c00 530065007200760065007200 00000000`);

describe('NTLMv2', () => {
  it('has MD4 as RFC 1320 has it', () => {
    assert.equal(md4(Buffer.from('')).toString('hex'), '31d6cfe0d16ae931b73c59d7e0c089c0');
    assert.equal(md4(Buffer.from('message digest')).toString('hex'), 'd9130a8164549fe818874806e1c7014b');
  });

  it('makes the keys and responses of MS-NLMP 4.2.4', () => {
    assert.deepEqual(responseKey(credentials), hex('0c868a403bfd7a93a3001ef22ef02e3f'));
    const { lm, nt, sessionKey } = ntlmV2Response(credentials, {
      serverChallenge: hex('0123456789abcdef'),
      clientChallenge: hex('aaaaaaaaaaaaaaaa'),
      time: Buffer.alloc(8),
      targetInfo: CHALLENGE.subarray(68),
      hasTime: false,
    });
    assert.deepEqual(sessionKey, hex('8de40ccadbc14a82f15cb0ad0de95ca3'));
    assert.deepEqual(lm, hex('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa'));
    assert.deepEqual(nt.subarray(0, 16), hex('68cd0ab851e51c96aabc927bebef6a1c'));
    assert.equal(nt.length, 16 + 28 + 36 + 4);
  });

  it('answers the challenge of MS-NLMP 4.2.4.3 with the fields of its example', () => {
    const handshake = {
      negotiate: negotiateMessage(),
      challenge: CHALLENGE,
      clientChallenge: hex('aaaaaaaaaaaaaaaa'),
      now: Date.parse('1601-01-01T00:00:00Z'),
    };
    const message = authenticateMessage(credentials, handshake);
    const field = (at: number): Buffer =>
      message.subarray(message.readUInt32LE(at + 4), message.readUInt32LE(at + 4) + message.readUInt16LE(at));
    assert.equal(message.toString('latin1', 0, 8), 'NTLMSSP\0');
    assert.deepEqual(field(12), hex('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa'));
    assert.deepEqual(field(20).subarray(0, 16), hex('68cd0ab851e51c96aabc927bebef6a1c'));
    assert.deepEqual(
      [28, 36, 44].map((at) => field(at).toString('utf16le')),
      ['Domain', 'User', 'COMPUTER'],
    );
    assert.equal(message.readUInt32LE(60) & 0x00080000, 0x00080000);
  });

  it('refuses what is no challenge, one for older NTLM, and one that is cut off', () => {
    const changed = (change: (bytes: Buffer) => void): Buffer => {
      const bytes = Buffer.from(CHALLENGE);
      change(bytes);
      return bytes;
    };
    for (const [bytes, message] of [
      [Buffer.alloc(0), /no NTLM challenge/],
      [Buffer.alloc(80), /no NTLM challenge/],
      [CHALLENGE.subarray(0, 40), /no NTLM challenge/],
      [changed((one) => one.writeUInt32LE(3, 8)), /no NTLM challenge/],
      [changed((one) => one.writeUInt32LE(0x00080201, 20)), /does not allow NTLMv2/],
      [changed((one) => one.writeUInt32LE(0x00880200, 20)), /does not allow NTLMv2/],
      [changed((one) => one.writeUInt32LE(4_000_000, 44)), /cut off/],
      [changed((one) => one.writeUInt16LE(500, 70)), /cut off/],
      [CHALLENGE.subarray(0, CHALLENGE.length - 4), /cut off/],
    ] as const)
      assert.throws(() => parseChallenge(bytes), { name: 'NtlmError', message });
  });
});
