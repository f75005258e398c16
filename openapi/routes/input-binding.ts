import type { RouteMapping, RouteParameter, RoutePreset } from '../route.ts';

/** Where a member of the input comes from, as a mapping says it. */
export type InputSource =
  | { readonly in: RouteParameter['in']; readonly name: string }
  | { readonly claim: string }
  | { readonly isKey: true }
  | { readonly value: Extract<RoutePreset, { from: 'const' }>['value'] };

type InputEntry = NonNullable<RouteMapping['input']>[string];

const GRAMMAR =
  'Write path.<name>, query.<name>, header.<name>, token.<claim>, idempotency.key or { const: <value> }.';
/** OpenAPI 3.1, 4.8.12.2.1 ignores the first three as parameters; the rest belong to the transport. */
const RESERVED_HEADERS =
  /^(accept|authorization|content-type|content-.*|host|connection|cookie|transfer-encoding|te|upgrade|dpop|idempotency-key)$/;

/** @returns the source, or a sentence on what is wrong with the entry. */
export function parseInputSource(entry: InputEntry): InputSource | string {
  if (typeof entry !== 'string') return { value: entry.const };
  if (entry === 'idempotency.key') return { isKey: true };
  const [, kind = '', name = ''] = /^(path|query|header|token)\.(.+)$/.exec(entry) ?? [];
  switch (kind) {
    case 'path':
    case 'query':
      return { in: kind, name };
    case 'header':
      return parseHeader(name);
    case 'token':
      return { claim: name };
    default:
      return `"${entry}" does not say where the member comes from. ${GRAMMAR}`;
  }
}

function parseHeader(written: string): InputSource | string {
  const name = written.toLowerCase();
  if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return `"${written}" cannot be the name of a header.`;
  if (RESERVED_HEADERS.test(name))
    return `The header "${written}" has a meaning of its own. Use another, e.g. x-${name}.`;
  return { in: 'header', name };
}
