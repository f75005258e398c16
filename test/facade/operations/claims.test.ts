import assert from 'node:assert/strict';
import { applyPresets, ClaimError } from '../../../facade/operations/apply-presets.ts';
import type { Route } from '../../../openapi/index.ts';
import type { JsonValue } from '../../../wsdl/index.ts';

const take = (claim: string, claims: Record<string, unknown>, input: JsonValue = {}): JsonValue =>
  applyPresets(
    { presets: [{ member: ['customerId'], from: 'token', claim }] } as unknown as Route,
    { issuer: 'i', subject: 's', scopes: new Set(), claims },
    input,
  );

describe('a member from the token', () => {
  it('takes a claim, or a claim within a claim', () => {
    assert.deepEqual(take('sub', { sub: 'anna' }), { customerId: 'anna' });
    assert.deepEqual(take('act.sub', { act: { sub: 'dora' } }), { customerId: 'dora' });
  });

  it('takes the claim of the very name first, as a URL has dots', () => {
    assert.deepEqual(take('https://b.example/id', { 'https://b.example/id': 'emil' }), {
      customerId: 'emil',
    });
  });

  it('takes the place of what the client sent', () => {
    assert.deepEqual(take('sub', { sub: 'anna' }, { customerId: 'ben' }), { customerId: 'anna' });
  });

  for (const act of [
    undefined,
    null,
    'dora',
    {},
    { sub: ['dora'] },
    [{ sub: 'dora' }],
    { sub: '' },
    { sub: null },
    { sub: {} },
  ])
    it(`is refused, never undefined, where act is ${JSON.stringify(act)}`, () => {
      assert.throws(() => take('act.sub', { act }), ClaimError);
    });

  it('does not take what every object inherits', () => {
    for (const claim of ['constructor.name', '__proto__.x', 'toString', 'act.length', 'act.0'])
      assert.throws(() => take(claim, { act: 'dora' }), ClaimError, claim);
  });
});
