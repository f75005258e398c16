import assert from 'node:assert/strict';
import { verdict } from './read-events.ts';

const TEXT = '<a>Grüße</a>';
const EVENTS = '<a "Grüße" >';
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

function declared(encoding: string, body = TEXT): string {
  return `<?xml version="1.0" encoding="${encoding}"?>${body}`;
}

function utf16(text: string, order: 'le' | 'be', mark: boolean): Buffer {
  const bytes = Buffer.from(mark ? `\uFEFF${text}` : text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

const READABLE: readonly (readonly [string, Buffer, string?])[] = [
  ['UTF-8 by default', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark', Buffer.concat([BOM, Buffer.from(declared('utf-8'))])],
  ['ISO-8859-1 by declaration', Buffer.from(declared('ISO-8859-1'), 'latin1')],
  ['windows-1252 by declaration', Buffer.from(declared('windows-1252'), 'latin1')],
  ['ISO-8859-1 by charset', Buffer.from(TEXT, 'latin1'), 'ISO-8859-1'],
  ['the charset before the declaration', Buffer.from(declared('ISO-8859-1')), 'utf-8'],
  ['the byte order mark before the charset', Buffer.concat([BOM, Buffer.from(TEXT)]), 'ISO-8859-1'],
  ['UTF-16 little-endian with a byte order mark', utf16(declared('UTF-16'), 'le', true)],
  ['UTF-16 big-endian with a byte order mark', utf16(TEXT, 'be', true)],
  ['UTF-16 little-endian by its declaration', utf16(declared('UTF-16'), 'le', false)],
  ['UTF-16 big-endian by its declaration', utf16(declared('UTF-16'), 'be', false)],
  ['UTF-8 that still has a UTF-16 declaration', Buffer.from(declared('utf-16'))],
];

describe('the encoding of a document', () => {
  for (const [title, bytes, charset] of READABLE) {
    it(`may be ${title}, in any chunks`, () => {
      const options = charset === undefined ? {} : { charset };
      assert.equal(verdict(bytes, options), EVENTS);
      for (const chunk of [1, 2, 3, 7]) assert.equal(verdict(bytes, { ...options, chunk }), EVENTS);
    });
  }

  it('keeps characters whose bytes are split between chunks', () => {
    const document = '<a>漢字 😀</a>';
    for (const order of ['le', 'be'] as const) {
      for (const chunk of [1, 3, 5])
        assert.equal(verdict(utf16(document, order, true), { chunk }), '<a "漢字 😀" >');
    }
  });

  it('is of ISO, not of Windows, where it says ISO', () => {
    const body = Buffer.from([0x3c, 0x61, 0x3e, 0x80, 0x85, 0xa4, 0x3c, 0x2f, 0x61, 0x3e]);
    for (const label of ['ISO-8859-1', 'latin1', 'iso-8859-9'])
      assert.equal(verdict(body, { charset: label }), '<a "\u0080\u0085\u00a4" >');
    assert.equal(verdict(body, { charset: 'windows-1252' }), '<a "€…\u00a4" >');
    assert.equal(verdict(body, { charset: 'iso-8859-15' }), '<a "\u0080\u0085€" >');
  });

  const refused: readonly (readonly [string, Buffer, string])[] = [
    ['an unknown encoding', Buffer.from(declared('x-klingon')), 'unsupported-encoding'],
    ['UTF-32', Buffer.from([0x00, 0x00, 0xfe, 0xff, 0, 0, 0, 0x3c]), 'unsupported-encoding'],
    [
      'UTF-16 with half a character at its end',
      Buffer.concat([utf16('<a/>', 'le', true), Buffer.from([0x20])]),
      'not-xml',
    ],
    ['UTF-16 with a lone surrogate', utf16('<a>\uD800</a>', 'le', true), 'not-xml'],
    ['US-ASCII with a byte beyond it', Buffer.from(declared('us-ascii')), 'not-xml'],
    ['ISO-8859-1 that says it is UTF-8', Buffer.from(declared('UTF-8'), 'latin1'), 'not-xml'],
  ];
  for (const [title, bytes, code] of refused) {
    it(`must not be ${title}`, () => {
      assert.equal(verdict(bytes), code);
      assert.equal(verdict(bytes, { chunk: 1 }), code);
    });
  }
});
