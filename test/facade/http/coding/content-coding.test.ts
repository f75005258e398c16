import assert from 'node:assert/strict';
import {
  assertCoding,
  codingFor,
  createNegotiateCoding,
  tagOf,
} from '../../../../facade/http/coding/content-coding.ts';

const negotiate = createNegotiateCoding({ codings: ['br', 'gzip'], minBytes: 100 });
const off = createNegotiateCoding({ codings: [], minBytes: 100 });

/** Accept-Encoding, and how a body of 1,000 bytes and one of 10 go out. */
const table: readonly (readonly [field: string, large: string, small: string])[] = [
  ['gzip', 'gzip', 'identity'],
  ['GZip', 'gzip', 'identity'],
  ['x-gzip', 'gzip', 'identity'],
  ['br', 'br', 'identity'],
  ['gzip, deflate, br', 'br', 'identity'],
  ['br;q=0.5, gzip;q=0.8', 'gzip', 'identity'],
  ['br;q=0.5,gzip;q=0.5', 'br', 'identity'],
  ['br;q=0, gzip', 'gzip', 'identity'],
  ['br;q=0, gzip;q=0', 'identity', 'identity'],
  ['br;q=0.000, gzip;q=0.001', 'gzip', 'identity'],
  ['gzip ; q=.2', 'gzip', 'identity'],
  ['*', 'br', 'identity'],
  ['br;q=0, *', 'gzip', 'identity'],
  ['*;q=0, gzip', 'gzip', 'gzip'],
  ['*;q=0', 'none', 'none'],
  ['identity', 'identity', 'identity'],
  ['identity;q=1, gzip;q=0.5', 'identity', 'identity'],
  ['identity;q=0.5, gzip', 'gzip', 'identity'],
  ['identity;q=0.5, gzip;q=0.5', 'gzip', 'identity'],
  ['identity;q=0', 'none', 'none'],
  ['identity;q=0, gzip', 'gzip', 'gzip'],
  ['identity;q=0, deflate', 'none', 'none'],
  ['identity, *;q=0', 'identity', 'identity'],
  ['', 'identity', 'identity'],
  [',,', 'identity', 'identity'],
  ['deflate, zstd, compress', 'identity', 'identity'],
  ['gzip;q=nonsense', 'identity', 'identity'],
  ['gzip;q=7', 'identity', 'identity'],
  ['gzip;q=-1', 'identity', 'identity'],
  ['gzip;q=1e9', 'identity', 'identity'],
  [`${'a,'.repeat(8000)}gzip`, 'identity', 'identity'],
];

describe(`Accept-Encoding (${table.length} fields)`, () => {
  const shown = (field: string, bytes: number): string => {
    const codings = negotiate(field);
    return codings.isNone ? 'none' : (codingFor(codings, bytes) ?? 'identity');
  };

  for (const [field, large, small] of table)
    it(`"${field.slice(0, 40)}" gets ${large}, and ${small} where it is small`, () => {
      assert.deepEqual([shown(field, 1000), shown(field, 10)], [large, small]);
    });

  it('of nothing leaves the body as it is', () => {
    assert.equal(codingFor(negotiate(undefined), 1_000_000), undefined);
  });

  it('is still heard where nothing is compressed', () => {
    assert.equal(codingFor(off('gzip, br'), 1000), undefined);
    assert.equal(off('gzip, br').isNone, false);
    assert.throws(() => {
      assertCoding(off('identity;q=0, br'));
    }, /not-acceptable/);
  });

  it('that was met before is not read again, and no sender can fill the memory with others', () => {
    assert.equal(negotiate('gzip'), negotiate('gzip'));
    for (let index = 0; index < 200; index += 1) negotiate(`gzip;x=${index}`);
    assert.notEqual(negotiate('gzip;x=199'), negotiate('gzip;x=199'));
  });

  it('gives each representation a tag of its own', () => {
    assert.deepEqual(
      [tagOf('"a"', undefined), tagOf('"a"', 'br'), tagOf('"a"', 'gzip')],
      ['"a"', '"a.br"', '"a.gzip"'],
    );
  });
});
