import type { HeaderBlock } from './header-block.ts';
import { WSU } from './namespaces.ts';

/** wsu:Timestamp (SOAP Message Security 1.1.1, 10). Times in milliseconds since the epoch. */
export function timestamp(id: string, created: number, expires: number): HeaderBlock {
  const xml =
    `<wsu:Timestamp xmlns:wsu="${WSU}" wsu:Id="${id}">` +
    `<wsu:Created>${toDateTime(created)}</wsu:Created><wsu:Expires>${toDateTime(expires)}</wsu:Expires></wsu:Timestamp>`;
  return { part: 'Timestamp', id, xml };
}

/** xs:dateTime in UTC, to the millisecond (SOAP Message Security 1.1.1, 10: SHOULD be UTC). */
export function toDateTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
