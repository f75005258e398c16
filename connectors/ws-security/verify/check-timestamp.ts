import type { XmlElement } from 'libxml2-wasm';
import { WSU } from '../namespaces.ts';
import { childrenNamed, onlyChild } from './element.ts';
import { refuse } from './verification-error.ts';
import type { VerifyOptions } from './verify-options.ts';

/** xs:dateTime with a time zone, so that it is a moment. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** @throws VerificationError unless `now`, in milliseconds since the epoch, lies in the time of wsu:Timestamp. */
export function checkTimestamp(
  timestamp: XmlElement,
  { maxAgeSeconds, clockSkewSeconds }: VerifyOptions,
  now: number,
): void {
  const skew = clockSkewSeconds * 1000;
  const created = momentOf(onlyChild(timestamp, WSU, 'Created'));
  if (created > now + skew) refuse('the Timestamp lies in the future');
  if (created + maxAgeSeconds * 1000 + skew < now) refuse('the Timestamp is too old');
  const [expires, second] = childrenNamed(timestamp, WSU, 'Expires');
  if (second !== undefined) refuse('<Timestamp> has several <Expires>');
  if (expires !== undefined && momentOf(expires) + skew < now) refuse('the Timestamp has expired');
}

function momentOf({ name, content }: XmlElement): number {
  const text = content.trim();
  const moment = MOMENT.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(moment) ? refuse(`<${name}> of the Timestamp is no time with a zone`) : moment;
}
