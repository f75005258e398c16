import assert from 'node:assert/strict';
import { problemOf, startBank } from '../bank.ts';
import { KEY, open, routes, row, transfer, yaml } from './deferred-bank.ts';

describe('routes whose operations are carried out later', () => {
  it('are refused where that makes no sense, by their line', async () => {
    await assert.rejects(
      startBank({
        routes: [
          '{ operation: GetAccount, method: GET, path: "/v1/x/{accountId}", operationId: x, input: { customerId: token.sub }, mode: async }',
          row('/v1/y', 'mode: async, idempotency: off'),
          row('/v1/z', 'expiresAfterSeconds: 5'),
        ],
      }),
      (error: Error) => {
        assert.match(error.message, /mode.*read is given at once/);
        assert.match(error.message, /mode.*which only a key makes safe/);
        assert.match(error.message, /expiresAfterSeconds.*set mode/);
        return true;
      },
    );
  });

  it('are refused with a key of the configuration that can be guessed, or stands in the file', async () => {
    const guessed = open({ yaml: yaml(', encryptionKey: "${KEY}"'), env: { KEY: 'short' } });
    await assert.rejects(guessed, /encryptionKey.*too short/);
    await assert.rejects(
      async () => open({ yaml: yaml(`, encryptionKey: "${KEY}"`) }),
      /a secret must not stand in this file/,
    );
  });

  it('may not hide the path at which outcomes are asked for', async () => {
    const hiding =
      '{ operation: Transfer, method: DELETE, path: "/v1/operations/{from}", operationId: h, input: { customerId: token.sub } }';
    await assert.rejects(open({ routes: [...routes, hiding] }), /would hide.*\/v1\/operations/);
  });

  it('accept nothing while the store is away', async () => {
    const bank = await open({
      yaml: 'commands: { store: postgres, url: "postgres://nobody@127.0.0.1:9/none" }',
    });
    try {
      const response = await bank.post('/v1/later', transfer);
      assert.equal(response.headers.get('retry-after'), '5');
      assert.equal((await problemOf(response)).code, 'commands-unavailable');
    } finally {
      await bank.close();
    }
  });
});
