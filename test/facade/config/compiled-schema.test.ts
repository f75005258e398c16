import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { compiledSchema, schemaAsCode } from '../../../facade/config/compiled-schema.ts';

describe('the schema of portico.yaml as code', () => {
  const own: { exports: unknown } = { exports: undefined };
  const code = schemaAsCode();
  before(() => {
    const load = compileFunction(code, ['module', 'require']) as (...given: unknown[]) => void;
    load(own, createRequire(import.meta.url));
  });

  for (const [what, config] of Object.entries({
    'an empty configuration': {},
    'an unknown key': { servces: {} },
    'names, types and ranges that do not fit': {
      server: { port: 99_999_999, host: 4 },
      services: { 'Not a name': {}, bank: { contract: 7, timeoutSeconds: -1 } },
    },
    'what is no mapping': [],
  }))
    it(`finds the same in ${what}, and fills in the same defaults`, () => {
      const [built, compiled] = [own.exports as ValidateFunction, compiledSchema()];
      const [left, right] = [structuredClone(config), structuredClone(config)];
      assert.equal(built(left), compiled(right));
      assert.deepEqual(built.errors, compiled.errors);
      assert.deepEqual(left, right);
    });

  it('is compiled together with its file', () => {
    assert.match(code, /^const (\w+) = \(function \1\(/m);
  });
});
