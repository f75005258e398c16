import type { IncomingHttpHeaders } from 'node:http';
import type { Operation, QNameKey } from '../wsdl/index.ts';
import { readBodyName, type BodyName } from './body-name.ts';
import { closestName } from '../wsdl/index.ts';
import { decodeText } from './decode-text.ts';
import { ANY_BODY, type Endpoint } from './endpoint.ts';
import { Refusal } from './refusal.ts';
import { soapActionOf } from './soap-action.ts';

/**
 * The operations that a request may be for: by the name of the body's first child, and by the SOAPAction only where several
 * share that name. More than one where they share that too; those that answer stand first. @throws Refusal
 */
export function routeRequest(
  endpoint: Endpoint,
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  charset?: string,
): readonly [Operation, ...Operation[]] {
  const key = bodyOf(endpoint, readBodyName(decodeText(body, charset)));
  const candidates = endpoint.byBody.get(key) ?? endpoint.byBody.get(ANY_BODY) ?? [];
  const [only, second] = candidates;
  if (only === undefined) throw unknownBody(endpoint, key);
  if (second === undefined) return [only];
  const action = soapActionOf(headers);
  const named = candidates.filter((candidate) => candidate.soapAction === action);
  const [first = only, ...others] = (named.length > 0 ? named : candidates).toSorted(answeringFirst);
  return [first, ...others];
}

function answeringFirst(one: Operation, other: Operation): number {
  return Number(one.output === undefined) - Number(other.output === undefined);
}

function bodyOf(endpoint: Endpoint, name: BodyName): QNameKey {
  const { soapVersion } = endpoint.binding;
  if (name.kind === 'none')
    throw new Refusal('Sender', 'the request is not a SOAP message: its root is not an Envelope');
  if (name.kind === 'soap' && name.soapVersion === soapVersion) return name.body;
  const found =
    name.kind === 'soap' ? `SOAP ${name.soapVersion}` : `an Envelope of namespace "${name.namespace}"`;
  // SOAP 1.2 Part 1, appendix A: a 1.1 sender is told so in an envelope that it can read.
  const answerVersion = name.kind === 'soap' && name.soapVersion === '1.1' ? '1.1' : soapVersion;
  throw new Refusal(
    'VersionMismatch',
    `port ${endpoint.port.name} speaks SOAP ${soapVersion}; the request is ${found}`,
    answerVersion,
  );
}

function unknownBody(endpoint: Endpoint, key: QNameKey): Refusal {
  const known = [...endpoint.byBody.keys()].filter((candidate) => candidate !== '' && candidate !== ANY_BODY);
  const closest = closestName(key, known);
  const found = key === '' ? 'an empty body' : `body element ${key}`;
  const hint = closest === undefined ? `it takes ${known.join(', ')}` : `did you mean ${closest}?`;
  return new Refusal('Sender', `port ${endpoint.port.name} has no operation for ${found}; ${hint}`);
}
