import assert from 'node:assert/strict';
import fc from 'fast-check';
import { byteWords, matchesWords, putWords } from '../../../wsdl/codec/specialised/byte-words.ts';
import { DecodeState } from '../../../wsdl/codec/specialised/decode-state.ts';

function stateOf(bytes: Uint8Array): DecodeState {
  const state = new DecodeState();
  state.append(bytes);
  return state;
}

const TEXT = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 10 });

describe('a text compared and written by words', () => {
  it('is found where its bytes stand, and nowhere else', () => {
    fc.assert(
      fc.property(TEXT, TEXT, fc.nat({ max: 5 }), (wanted, found, at) => {
        const bytes = Buffer.from('<'.repeat(at) + found);
        const isThere = bytes.subarray(at).indexOf(wanted) === 0;
        assert.equal(matchesWords(stateOf(bytes), at, byteWords(wanted)), isThere);
      }),
    );
  });

  it('is written whole, one behind the other', () => {
    fc.assert(
      fc.property(fc.array(TEXT, { maxLength: 50 }), (texts) => {
        const state = stateOf(Buffer.alloc(0));
        for (const text of texts) putWords(state, byteWords(text));
        assert.equal(state.json.toString('utf8', 0, state.used), texts.join(''));
      }),
    );
  });
});
