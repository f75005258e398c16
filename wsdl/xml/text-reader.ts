/** Bytes of one encoding -> text. @throws TypeError for bytes that the encoding does not have. */
export interface TextReader {
  /** As WHATWG names it. */
  readonly encoding: string;
  /** With `stream` more bytes follow; without bytes it is the end. */
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}

/** No character: not even U+FFFF is one. */
const NONE = 0xffff;
const ASCII = /^(?:us-ascii|ascii|ansi_x3\.4-1968|iso-ir-6|iso646-us|cp367)$/;
/** The WHATWG Encoding Standard reads these as their Windows supersets; ISO has control characters at 0x80 to 0x9F. */
const LATIN = /^(?:iso[-_]?8859-?(?:1|9|11)|latin[15]|l[15]|cp819|ibm819|iso-ir-1(?:00|48))$/;

/**
 * A reader of the encoding that the label names: of IANA's character sets where the WHATWG Encoding Standard has another
 * in mind (US-ASCII, ISO-8859-1, -9 and -11), else the standard's. So do other XML processors.
 *
 * @throws RangeError for a label that is not known.
 */
export function createTextReader(label: string): TextReader {
  const name = label.trim().toLowerCase();
  if (ASCII.test(name))
    return new TableReader(
      'us-ascii',
      tableOf(() => NONE),
    );
  const decoder = new TextDecoder(name, { fatal: true });
  if (!LATIN.test(name)) return decoder;
  const table = tableOf((byte) => (byte < 0xa0 ? byte : codeOf(decoder, byte)));
  return new TableReader(name, table);
}

class TableReader implements TextReader {
  readonly encoding: string;
  readonly #table: Uint16Array;

  constructor(encoding: string, table: Uint16Array) {
    this.encoding = encoding;
    this.#table = table;
  }

  decode(bytes: Uint8Array = new Uint8Array()): string {
    const units = new Uint16Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      const unit = this.#table[bytes[i]!]!;
      if (unit === NONE) throw new TypeError(`the byte 0x${bytes[i]!.toString(16)} is not ${this.encoding}`);
      units[i] = unit;
    }
    return Buffer.from(units.buffer).toString('utf16le');
  }
}

/** @param upper the code unit of a byte from 0x80. */
function tableOf(upper: (byte: number) => number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => (byte < 0x80 ? byte : upper(byte)));
}

function codeOf(decoder: InstanceType<typeof TextDecoder>, byte: number): number {
  try {
    return decoder.decode(Uint8Array.of(byte)).charCodeAt(0);
  } catch {
    return NONE;
  }
}
