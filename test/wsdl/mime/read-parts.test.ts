import assert from 'node:assert/strict';
import fc from 'fast-check';
import { defaultLimits } from '../../../wsdl/limits.ts';
import { parseMediaType } from '../../../wsdl/mime/media-type.ts';
import { readParts } from '../../../wsdl/mime/read-parts.ts';
import { chunksOf, crlf, partsOf } from './packages.ts';

const TWO = crlf(
  '--b\nContent-Type: text/xml\nContent-ID: <root>\n\n<a/>\n--b\nContent-ID: x@y\n\nsecond\n--b--\n',
);
const read = [
  { contentId: 'root', type: 'text/xml', text: '<a/>' },
  { contentId: 'x@y', type: '', text: 'second' },
];

function fails(code: string, message: RegExp) {
  return (error: Error & { code?: string }): boolean => {
    assert.equal(error.name, 'DecodeError');
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  };
}

describe('reading the parts of a MIME package', () => {
  it('gives each part with its header and content', async () => {
    assert.deepEqual(await partsOf(TWO), read);
  });

  it('gives the same parts however the bytes are split', async () => {
    for (let size = 1; size < TWO.length; size += 1) assert.deepEqual(await partsOf(TWO, { size }), read);
  });

  it('passes over a preamble and an epilogue', async () => {
    assert.deepEqual(await partsOf(`This is MIME.\r\n${TWO}good bye\r\n--b\r\n\r\nnot a part`), read);
  });

  it('reads a package whose lines end with LF alone', async () => {
    assert.deepEqual(await partsOf(TWO.replaceAll('\r\n', '\n')), read);
  });

  it('keeps a trailing CR of binary content where lines end with CRLF', async () => {
    const [part] = await partsOf('--b\r\n\r\nabc\r\r\n--b--');
    assert.equal(part?.text, 'abc\r');
  });

  it('keeps LF and a boundary in content where only CRLF and the boundary end a part', async () => {
    const [part] = await partsOf('--b\r\n\r\nabc\n--b\n--b--\r\n--b--');
    assert.equal(part?.text, 'abc\n--b\n--b--');
  });

  it('keeps a longer boundary that begins like its own', async () => {
    const inner = '\r\n--b2\r\n\r\ninner\r\n--b2--';
    const [part] = await partsOf(`--b\r\n\r\n${inner}\r\n--b--`);
    assert.equal(part?.text, inner);
  });

  it('takes blanks behind a boundary as padding', async () => {
    assert.deepEqual(await partsOf(TWO.replaceAll('--b\r\n', '--b \t\r\n')), read);
  });

  it('unfolds header lines and ignores the case of their names', async () => {
    const [part] = await partsOf(
      crlf('--b\nCONTENT-type:\n\ttext/xml;\n charset=utf-8\ncontent-id: <a>\n\nx\n--b--'),
    );
    assert.deepEqual(part, { contentId: 'a', type: 'text/xml', text: 'x' });
  });

  it('reads parts without header and without content', async () => {
    assert.deepEqual(await partsOf(crlf('--b\n\n\n--b\nContent-ID: <e>\n\n--b--')), [
      { contentId: undefined, type: '', text: '' },
      { contentId: 'e', type: '', text: '' },
    ]);
  });

  it('undoes base64 and quoted-printable, however they are split', async () => {
    const text = crlf(
      '--b\nContent-Transfer-Encoding: Base64\n\nAQID\nBA==\n\n--b\nContent-Transfer-Encoding: quoted-printable\n\na=3D=\nb  \nc=E4=20\n--b--',
    );
    for (let size = 1; size < 40; size += 1) {
      const parts = await partsOf(text, { size });
      assert.deepEqual(
        parts.map((part) => part.text),
        ['\x01\x02\x03\x04', 'a=b\r\nc\xe4 '],
      );
    }
  });

  it('passes over content that is not asked for', async () => {
    const ids: (string | undefined)[] = [];
    for await (const part of readParts(chunksOf(TWO, 3), parseMediaType('m/r; boundary=b'), defaultLimits)) {
      await part.content[Symbol.asyncIterator]().next();
      ids.push(part.contentId);
    }
    assert.deepEqual(ids, ['root', 'x@y']);
  });

  it('reads back any bytes in any split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        async (contents, size) => {
          const texts = contents.map((bytes) => Buffer.from(bytes).toString('latin1'));
          const body = texts.map((text) => `--b7f\r\nX: y\r\n\r\n${text}\r\n`).join('');
          const parts = await partsOf(`${body}--b7f--`, { size, boundary: 'b7f' });
          assert.deepEqual(
            parts.map((part) => part.text),
            texts,
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a MIME package that may not be read', () => {
  const attacks: [name: string, text: string, code: string, message: RegExp, limits?: object][] = [
    ['without its boundary', 'hello', 'not-mime', /boundary does not occur/],
    ['without an end', TWO.slice(0, -8), 'cut-off', /ends before its closing boundary/],
    ['cut off in a header', '--b\r\nContent-Ty', 'cut-off', /ends before/],
    ['with a header line without a name', '--b\r\nnonsense\r\n\r\n\r\n--b--', 'not-mime', /no name/],
    [
      'with one field twice',
      crlf('--b\nContent-ID: <a>\nContent-Id: <b>\n\n\n--b--'),
      'not-mime',
      /two fields/,
    ],
    [
      'with an unknown encoding',
      crlf('--b\nContent-Transfer-Encoding: gzip\n\n\n--b--'),
      'not-mime',
      /unknown/,
    ],
    ['with bad base64', crlf('--b\nContent-Transfer-Encoding: base64\n\nA*==\n--b--'), 'not-mime', /base64/],
    [
      'with cut base64',
      crlf('--b\nContent-Transfer-Encoding: base64\n\nAQI\n--b--'),
      'not-mime',
      /ends too early/,
    ],
    [
      'with bad quoted-printable',
      crlf('--b\nContent-Transfer-Encoding: quoted-printable\n\n=ZZ\n--b--'),
      'not-mime',
      /quoted/,
    ],
    ['with 10,000 parts', '--b\r\n\r\n\r\n'.repeat(10_000), 'limit-exceeded', /at most 1000/],
    ['with an endless header', `--b\r\nX: ${'a'.repeat(20_000)}`, 'limit-exceeded', /header .* 16384/],
    ['with very many header lines', `--b\r\n${'X: y\r\n'.repeat(20_000)}`, 'limit-exceeded', /header/],
    [
      'with a part above the limit',
      `--b\r\n\r\n${'a'.repeat(101)}\r\n--b--`,
      'limit-exceeded',
      /100/,
      { maxPartBytes: 100 },
    ],
    ['above the limit in all', 'a'.repeat(101), 'limit-exceeded', /package has too many/, { maxBytes: 100 }],
  ];

  for (const [name, text, code, message, limits = {}] of attacks) {
    it(`${name} is refused`, async () => {
      for (const size of [Infinity, 1000, 11]) {
        await assert.rejects(partsOf(text, { size, limits }), fails(code, message));
      }
    });
  }

  it('without a boundary in its type is refused', async () => {
    await assert.rejects(partsOf(TWO, { boundary: '' }), fails('not-mime', /no usable boundary/));
  });
});
