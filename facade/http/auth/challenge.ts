/** How a token is presented: by itself (RFC 6750), or with a proof of its key (RFC 9449). */
export type Scheme = 'Bearer' | 'DPoP';

/** The schemes an API takes, in the order they are named, each with what a client needs to know. */
export type OfferedSchemes = ReadonlyMap<Scheme, Readonly<Record<string, string>>>;

/** RFC 6750, 3; RFC 9449, 7.1. Without an error: the request had no token, so nothing is said about one. */
export function challenge(
  scheme: Scheme,
  parameters: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { 'WWW-Authenticate': toText(scheme, parameters) };
}

/** The scheme that was used with what was wrong, then the others (RFC 9449, 7.2). Without `used`: all of them. */
export function challenges(
  offered: OfferedSchemes,
  used?: Scheme,
  fault: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const others = [...offered].filter(([scheme]) => scheme !== used);
  const all = used === undefined ? others : [[used, { ...fault, ...offered.get(used) }] as const, ...others];
  return { 'WWW-Authenticate': all.map(([scheme, parameters]) => toText(scheme, parameters)).join(', ') };
}

function toText(scheme: Scheme, parameters: Readonly<Record<string, string>>): string {
  const all = Object.entries({ realm: 'portico', ...parameters });
  return `${scheme} ${all.map(([name, value]) => `${name}="${value.replace(/["\\]/g, '')}"`).join(', ')}`;
}
