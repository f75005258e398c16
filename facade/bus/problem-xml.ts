import { escapeText } from '../../wsdl/index.ts';
import type { Problem } from '../http/problem.ts';

/** What XML cannot carry (XML 1.0, 2.2). */
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** A problem as XML (RFC 7807, A): members are elements, entries of a list `i`. Names are those of Problem alone. */
export function toProblemXml(problem: Problem): string {
  return `<problem xmlns="urn:ietf:rfc:7807">${membersOf(problem)}</problem>`;
}

function membersOf(value: object): string {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `<${name}>${contentOf(member)}</${name}>`)
    .join('');
}

function contentOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((entry) => `<i>${contentOf(entry)}</i>`).join('');
  if (typeof value === 'object' && value !== null) return membersOf(value);
  return escapeText(toXmlCharacters(String(value)));
}

/** What no XML can carry becomes U+FFFD. */
export function toXmlCharacters(text: string): string {
  return text.toWellFormed().replace(ILLEGAL, '\uFFFD');
}
