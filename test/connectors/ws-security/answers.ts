import { createHash, sign } from 'node:crypto';
import { ConnectorError, type SoapReply, type SoapRequest } from '../../../connectors/connector.ts';
import {
  createSecuredConnector,
  type SecuredConnectorOptions,
} from '../../../connectors/ws-security/secured-connector.ts';
import type { VerifyOptions } from '../../../connectors/ws-security/verify/verify-options.ts';
import type { OperationCodec } from '../../../wsdl/index.ts';
import { scriptedConnector } from '../resilience/scripted-connector.ts';
import type { SigningKey } from './signing-keys.ts';

/** When the answers are read, unless a test says otherwise: in an hour, as new certificates are not valid before they are made. */
export const NOW: number = Math.ceil(Date.now() / 1000) * 1000 + 3_600_000;

/** As xs:dateTime, so many seconds after NOW. */
export function at(seconds: number): string {
  return new Date(NOW + seconds * 1000).toISOString();
}

export const request: SoapRequest = {
  soapVersion: '1.1',
  action: 'urn:pay',
  envelope: Buffer.from(
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body></soap:Body></soap:Envelope>',
  ),
  isOneWay: false,
  deadline: Date.now() + 3_600_000,
};

/** An envelope with Body and Timestamp, and what else is asked for, signed as Portico signs requests. */
export async function signedEnvelope(
  envelope: Uint8Array,
  { key, certificate }: SigningKey,
  now: number,
  options: Partial<SecuredConnectorOptions> = {},
): Promise<string> {
  const inner = scriptedConnector();
  const connector = createSecuredConnector(inner, {
    shown: '',
    freshness: { now: () => now, uuid: () => crypto.randomUUID() },
    security: {
      mustUnderstand: true,
      timestampSeconds: 300,
      signature: {
        key,
        certificate,
        algorithm: key.asymmetricKeyType === 'ec' ? 'ecdsa-sha256' : 'rsa-sha256',
        digest: 'sha256',
        parts: ['Body', 'Timestamp', ...(options.addressing ? (['Addressing'] as const) : [])],
        keyReference: 'token',
      },
    },
    ...options,
  });
  await connector.send({ ...request, envelope });
  return Buffer.from(inner.calls[0]!.request.envelope).toString();
}

export function verifying(signer: SigningKey, options: Partial<VerifyOptions> = {}): VerifyOptions {
  return {
    trust: { certificates: [signer.certificate] },
    require: ['Body', 'Timestamp'],
    algorithms: ['rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'rsa-pss-sha256', 'ecdsa-sha256', 'ecdsa-sha384'],
    digests: ['sha256', 'sha384', 'sha512'],
    maxAgeSeconds: 300,
    clockSkewSeconds: 60,
    maxBytes: 1_000_000,
    ...options,
  };
}

/** What becomes of an answer: the JSON that is decoded, or why it is not believed. */
export async function received(
  answer: string | Uint8Array,
  codec: OperationCodec,
  options: Partial<SecuredConnectorOptions>,
  reply: Partial<SoapReply> = {},
  sent: SoapRequest = request,
): Promise<string> {
  const whole = Buffer.from(answer);
  const inner = scriptedConnector((call) => {
    call.answer({ status: 200, body: chunksOf(whole), ...reply });
  });
  const freshness = { now: () => NOW, uuid: () => 'c0ffee00-0000-4000-8000-000000000000' };
  const connector = createSecuredConnector(inner, { shown: 'http://core.example', freshness, ...options });
  try {
    const checked = await connector.send(sent);
    if (checked.whole === undefined) return 'unread';
    const decoded = codec.output!.decode(checked.whole, { understood: checked.understood ?? new Set() });
    return decoded.kind === 'message'
      ? Buffer.from(decoded.json).toString()
      : `fault ${decoded.fault.reason}`;
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== 'NOT_VERIFIED') throw error;
    return error.message.replace('http://core.example: the answer is not believed: ', '');
  }
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 100);
  yield bytes.subarray(100);
}

/** The same envelope with a changed SignedInfo, signed by whoever holds the key. */
export function resigned(
  envelope: string,
  { key }: SigningKey,
  change: (signedInfo: string) => string,
  hash = 'sha256',
): string {
  const [signedInfo = ''] = /<ds:SignedInfo>[^]*?<\/ds:SignedInfo>/.exec(envelope) ?? [];
  const changed = change(signedInfo);
  const octets = changed.replace(
    '<ds:SignedInfo',
    '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"',
  );
  const value = sign(hash, Buffer.from(octets), key).toString('base64');
  return envelope
    .replace(signedInfo, () => changed)
    .replace(/(<ds:SignatureValue>)[^<]*/, (_, start: string) => start + value);
}

export function digestOf(canonical: string, hash = 'sha256'): string {
  return createHash(hash).update(canonical).digest('base64');
}
