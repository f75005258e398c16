import type { WireFault, WireFaultKind } from '../../wire/wire-fault.ts';
import type { YamlNode } from '../source/yaml-node.ts';

const MOST_BYTES = 1_000_000_000;

/** Each wire fault by the keys it may have. `wire: reset`, or `wire: { reset: { at: body } }`. */
const READERS: Readonly<
  Record<WireFaultKind, (members: ReadonlyMap<string, YamlNode>) => WireFault | undefined>
> = {
  reset: (members) => ({
    kind: 'reset',
    at: members.get('at')?.readOneOf(['start', 'headers', 'body'] as const) ?? 'start',
  }),
  truncate: (members) => {
    const bytes = members.get('bytes')?.readInteger(0, MOST_BYTES);
    return { kind: 'truncate', ...(bytes !== undefined && { bytes }) };
  },
  drip: (members) => ({
    kind: 'drip',
    bytes: members.get('bytes')?.readInteger(1, 65_536) ?? 64,
    milliseconds: members.get('milliseconds')?.readInteger(1, 60_000) ?? 100,
  }),
  garbage: () => ({ kind: 'garbage' }),
  'no-http': () => ({ kind: 'no-http' }),
  'content-type': (members) => ({
    kind: 'content-type',
    value: members.get('value')?.readText() ?? 'text/plain',
  }),
  status: (members) => ({ kind: 'status', status: members.get('status')?.readInteger(200, 599) ?? 200 }),
  html: (members) => ({ kind: 'html', status: members.get('status')?.readInteger(200, 599) ?? 502 }),
  huge: (members) => ({
    kind: 'huge',
    bytes: members.get('bytes')?.readInteger(1, MOST_BYTES) ?? 100_000_000,
  }),
  empty: () => ({ kind: 'empty' }),
  none: () => ({ kind: 'none' }),
  stale: () => ({ kind: 'stale' }),
  duplicate: () => ({ kind: 'duplicate' }),
};

const KEYS: Readonly<Partial<Record<WireFaultKind, readonly string[]>>> = {
  reset: ['at'],
  truncate: ['bytes'],
  drip: ['bytes', 'milliseconds'],
  'content-type': ['value'],
  status: ['status'],
  html: ['status'],
  huge: ['bytes'],
};

export const WIRE_FAULT_KINDS = Object.keys(READERS) as readonly WireFaultKind[];

export function readWire(node: YamlNode | undefined): WireFault | undefined {
  if (node === undefined) return undefined;
  if (!node.isMap) {
    const kind = node.readOneOf(WIRE_FAULT_KINDS);
    return kind && READERS[kind](new Map());
  }
  const [member, another] = node.readMap(WIRE_FAULT_KINDS);
  if (member === undefined || another !== undefined) {
    node.fail('must name one wire fault');
    return undefined;
  }
  const [kind, value] = member as [WireFaultKind, YamlNode];
  const keys = KEYS[kind];
  if (keys === undefined) {
    value.fail(`${kind} takes nothing; write "wire: ${kind}"`);
    return undefined;
  }
  const wire = READERS[kind](value.readMap(keys));
  // A line break in a header field would be another field.
  const isSound = wire?.kind !== 'content-type' || /^[\x20-\x7e]+$/.test(wire.value);
  if (!isSound) value.fail('must be printable ASCII');
  return isSound ? wire : undefined;
}
