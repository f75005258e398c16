import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJsonInput } from '../../../facade/calls/read-json-input.ts';
import { ProblemError, type Problem } from '../../../facade/http/problem.ts';
import { connectServices } from '../../../facade/operations/connect-services.ts';
import type { OperationRuntime } from '../../../facade/operations/operation-runtime.ts';
import { planServices } from '../../../facade/operations/plan-service.ts';
import type { JsonValue } from '../../../wsdl/index.ts';
import { configOf } from '../bank.ts';
import { bankWsdl } from '../bank-wsdl.ts';
import { idleBus } from '../../connectors/bus/no-queues.ts';

const principal = { issuer: 'me', subject: 'anna', scopes: new Set<string>(), claims: { sub: 'anna' } };

describe('the whole input of an operation, as JSON', () => {
  let folder: string;
  let operation: OperationRuntime;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portico-input-'));
    writeFileSync(join(folder, 'bank.wsdl'), bankWsdl);
    const config = configOf(`services:
  bank:
    wsdl: bank.wsdl
    endpoint: http://127.0.0.1:1/
    routes:
      - { operation: Transfer, method: POST, path: "/v1/accounts/{from}/transfers", input: { customerId: token.sub, currency: query.currency } }`);
    const services = await planServices(config, folder);
    [operation] = connectServices(services, config, { configDir: folder, messages: idleBus() })
      .operations as [OperationRuntime];
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const read = (json: string): JsonValue => readJsonInput(operation, principal, Buffer.from(json), 10);
  const problemWith = (json: string): Problem => {
    try {
      read(json);
    } catch (error) {
      assert.ok(error instanceof ProblemError);
      return error.problem;
    }
    throw new Error('taken');
  };

  it('has the members that HTTP takes from path and query', () => {
    const input = { from: '4711', amount: '1.00', currency: 'EUR' };
    assert.deepEqual(read(JSON.stringify(input)), input);
  });

  it('may not have those of the token', () => {
    const { status, errors } = problemWith(
      '{"from":"4711","amount":"1","currency":"EUR","customerId":"ben"}',
    );
    assert.deepEqual([status, errors?.map(({ pointer }) => pointer)], [400, ['/customerId']]);
  });

  it('is refused if it is no JSON, has a member twice, or is nested too deep', () => {
    assert.equal(problemWith('{"from":').code, 'malformed-json');
    assert.equal(problemWith('{"from":"1","from":"2"}').code, 'invalid-input');
    assert.equal(problemWith('['.repeat(20)).code, 'malformed-json');
  });
});
