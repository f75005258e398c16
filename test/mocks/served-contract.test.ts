import assert from 'node:assert/strict';
import { join } from 'node:path';
import soap from 'soap';
import { createMockServer, type MockHandlers, type MockServer, type MockSource } from '../../mocks/index.ts';
import { compileContract } from '../../wsdl/index.ts';
import { GREETER, withDocuments } from './contracts.ts';

async function withGreeter(
  use: (mock: MockServer, folder: string) => Promise<void>,
  handlers: MockHandlers = {},
): Promise<void> {
  await withDocuments(GREETER, async (folder) => {
    const mock = await createMockServer({ wsdl: join(folder, 'greeter.wsdl'), handlers });
    try {
      await use(mock, folder);
    } finally {
      await mock.close();
    }
  });
}

type Greet = (input: { Name: string }, onAnswer: (error: Error | null, answer: unknown) => void) => void;

/** node-soap's client of one port, made from the WSDL that the mock serves. */
async function createClient(
  mock: MockServer,
  port: 'Greeter11' | 'Greeter12',
): Promise<(name: string) => Promise<unknown>> {
  const options = { forceSoap12Headers: port === 'Greeter12' };
  const client = await soap.createClientAsync(`${mock.endpointOf('Greeter', port)}?wsdl`, options);
  const { [port]: methods } = client.Greeter as Record<string, { Greet: Greet }>;
  return (name) =>
    new Promise((resolve, reject) => {
      methods!.Greet({ Name: name }, (error, answer) => {
        if (error === null) resolve(answer);
        else reject(error);
      });
    });
}

describe('the contract that the mock serves', () => {
  it('compiles to the same types and operations as the one it was made from', () =>
    withGreeter(async (mock, folder) => {
      const served = await compileContract(`${mock.endpointOf('Greeter', 'Greeter11')}?wsdl`, {
        allowedHosts: ['127.0.0.1'],
      });
      const original = await compileContract(join(folder, 'greeter.wsdl'), {});
      assert.deepEqual(served.diagnostics, []);
      assert.equal(served.documents.length, original.documents.length);
      assert.deepEqual(served.contract?.types, original.contract?.types);
      assert.deepEqual(served.contract?.bindings, original.contract?.bindings);
    }));

  it('names the mock as the address of every port', () =>
    withGreeter(async (mock) => {
      const { contract } = await compileContract(`${mock.endpointOf('Greeter', 'Greeter12')}?WSDL`, {
        allowedHosts: ['127.0.0.1'],
      });
      const addresses = contract?.services.flatMap(({ ports }) => ports.map(({ address }) => address));
      assert.deepEqual(addresses, [
        mock.endpointOf('Greeter', 'Greeter11'),
        mock.endpointOf('Greeter', 'Greeter12'),
      ]);
    }));

  it('leads a client of another make to answers that it can read', () =>
    withGreeter(
      async (mock) => {
        for (const port of ['Greeter11', 'Greeter12'] as const) {
          const greet = await createClient(mock, port);
          assert.deepEqual(await greet('Ada'), {
            Line: ['hello Ada', 'and <welcome> & so on'],
            Mood: 'glad',
          });
        }
      },
      {
        Greet: ({ input }) => ({
          output: {
            line: [`hello ${(input as { name: string }).name}`, 'and <welcome> & so on'],
            mood: 'glad',
          },
        }),
      },
    ));

  it('leads a client of another make to faults that it can read', () =>
    withGreeter(
      async (mock) => {
        const greet = await createClient(mock, 'Greeter11');
        await assert.rejects(greet('Ada'), (error: Error & { root?: unknown }) => {
          assert.match(error.message, /go away/);
          assert.match(JSON.stringify(error.root), /2030-01-01/);
          return true;
        });
      },
      { Greet: () => ({ fault: { name: 'Unwelcome', reason: 'go away', value: { until: '2030-01-01' } } }) },
    ));

  it('is served for a contract that came in compiled with its documents, and not for one without', () =>
    withDocuments(GREETER, async (folder) => {
      const compiled = await compileContract(join(folder, 'greeter.wsdl'), {});
      const sources: [MockSource, number][] = [
        [compiled, 200],
        [compiled.contract!, 404],
      ];
      for (const [wsdl, status] of sources) {
        const mock = await createMockServer({ wsdl });
        try {
          assert.equal((await fetch(`${mock.endpointOf('Greeter', 'Greeter11')}?wsdl`)).status, status);
        } finally {
          await mock.close();
        }
      }
    }));
});
