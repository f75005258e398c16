import { isNcName } from './characters.ts';
import { qnameKey } from '../qname.ts';

/** An element or attribute name with its namespace; `key` is its Clark notation. */
export interface ExpandedName {
  readonly namespace: string;
  readonly local: string;
  readonly key: string;
}

/** A name as written in the document, seen so often that everything about it is worked out once. */
export class XmlName {
  readonly bytes: Uint8Array;
  readonly raw: string;
  readonly prefix: string;
  readonly local: string;
  /** For `xmlns` and `xmlns:p`: the prefix declared. */
  readonly declares: string | undefined;
  /** The scope that `expanded` holds for. */
  scopeSerial = 0;
  expanded: ExpandedName;
  /** What it is as an attribute without prefix: in no namespace. */
  readonly unprefixed: ExpandedName;

  constructor(bytes: Uint8Array, raw: string, prefix: string, local: string) {
    this.bytes = bytes;
    this.raw = raw;
    this.prefix = prefix;
    this.local = local;
    this.declares = prefix === 'xmlns' ? local : raw === 'xmlns' ? '' : undefined;
    this.unprefixed = { namespace: '', local, key: qnameKey('', local) };
    this.expanded = this.unprefixed;
  }
}

const SLOTS = 1024;
const PROBES = 4;
const LONGEST_KEPT = 256;

/**
 * The names of one or of many documents, found again by their bytes without making a string. Its size is fixed, so
 * one table can serve every message of a contract: a name that finds no free slot takes the place of another.
 */
export class NameTable {
  readonly #names: (XmlName | undefined)[] = new Array<XmlName | undefined>(SLOTS).fill(undefined);
  readonly #keys = new Map<string, string>();

  /** @returns undefined if the bytes are no QName. */
  intern(bytes: Uint8Array, start: number, end: number, hash: number): XmlName | undefined {
    const home = (hash ^ (hash >>> 10)) & (SLOTS - 1);
    for (let probe = 0; probe < PROBES; probe++) {
      const slot = (home + probe) & (SLOTS - 1);
      const name = this.#names[slot];
      if (name === undefined) return this.#add(bytes, start, end, slot);
      if (sameBytes(name.bytes, bytes, start, end)) return name;
    }
    return this.#add(bytes, start, end, home);
  }

  /** One string instance for each name of the contract, so that comparing keys is comparing pointers. */
  knownKey(key: string): string {
    const known = this.#keys.get(key);
    if (known === undefined) this.#keys.set(key, key);
    return known ?? key;
  }

  expand(namespace: string, local: string): ExpandedName {
    const key = qnameKey(namespace, local);
    return { namespace, local, key: this.#keys.get(key) ?? key };
  }

  #add(bytes: Uint8Array, start: number, end: number, slot: number): XmlName | undefined {
    const name = parseName(Uint8Array.from(bytes.subarray(start, end)));
    if (name !== undefined && end - start <= LONGEST_KEPT) this.#names[slot] = name;
    return name;
  }
}

function sameBytes(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parseName(bytes: Uint8Array): XmlName | undefined {
  const raw = decodeName(bytes);
  if (raw === undefined) return undefined;
  const colon = raw.indexOf(':');
  const prefix = colon < 0 ? '' : raw.slice(0, colon);
  const local = raw.slice(colon + 1);
  const valid = isNcName(local) && (colon < 0 || isNcName(prefix));
  return valid ? new XmlName(bytes, raw, prefix, local) : undefined;
}

function decodeName(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    // Malformed UTF-8: the caller reports that this is no name.
    return undefined;
  }
}
