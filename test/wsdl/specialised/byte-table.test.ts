import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteTable } from '../../../wsdl/codec/specialised/byte-table.ts';

describe('a table of texts by their bytes', () => {
  it('finds what a map finds, wherever the bytes stand', () => {
    const texts = fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.string({ maxLength: 4 }), (all, other) => {
        const table = new ByteTable<string>();
        for (const text of all) table.add(Buffer.from(text), text);
        assert.equal(table.size, all.length);
        for (const text of [...all, other]) {
          const bytes = Buffer.from(`<<${text}>`);
          assert.equal(table.find(bytes, 2, bytes.length - 1), all.includes(text) ? text : undefined);
        }
      }),
    );
  });
});
