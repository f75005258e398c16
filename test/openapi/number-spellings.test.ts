import assert from 'node:assert/strict';
import { spellingsOf } from '../../openapi/schema/number-spellings.ts';

describe('spellings of enumerated numbers', () => {
  const rows: readonly (readonly [number: string, yes: readonly string[], no: readonly string[]])[] = [
    ['1.0', ['1', '1.0', '+01.00', '1.'], ['1.01', '-1', '10', '.1']],
    ['-2.50', ['-2.5', '-02.500'], ['2.5', '-2', '-2.51']],
    ['0', ['0', '-0', '+00.00', '.0'], ['', '.', '1', '0.1']],
    ['.5', ['0.5', '.50', '+.5'], ['5', '0.05']],
    ['100', ['100', '0100.0'], ['1', '1000']],
  ];
  for (const [number, yes, no] of rows) {
    it(`take ${yes.join(', ')} for ${number}, and no other value`, () => {
      const expression = new RegExp(spellingsOf([number], false), 'u');
      assert.deepEqual(
        yes.filter((text) => !expression.test(text)),
        [],
      );
      assert.deepEqual(
        no.filter((text) => expression.test(text)),
        [],
      );
    });
  }

  it('have no point where the type is whole', () => {
    const expression = new RegExp(spellingsOf(['7', '0'], true), 'u');
    assert.deepEqual(
      ['7', '007', '-0', '7.0', '0.'].map((text) => expression.test(text)),
      [true, true, true, false, false],
    );
  });
});
