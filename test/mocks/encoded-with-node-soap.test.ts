import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createClientAsync, listen, type Client } from 'soap';
import { createMockServer, type MockServer } from '../../mocks/index.ts';
import { compileCodec, loadContract, type Contract, type JsonValue } from '../../wsdl/index.ts';

const WSDL = fileURLToPath(new URL('../fixtures/contracts/encoded-library.wsdl', import.meta.url));
const BOOK = { title: 'Ada', price: '12.50', authors: ['x', 'y'] };

describe('an rpc/encoded mock and the client of node-soap', () => {
  const inputs: JsonValue[] = [];
  let mock: MockServer;
  let client: Client;

  before(async () => {
    mock = await createMockServer({
      wsdl: WSDL,
      handlers: {
        find: ({ input }) => {
          inputs.push(input);
          return { output: { findReturn: [BOOK, { ...BOOK, '@type': 'Atlas', scale: 5 }] } };
        },
        add: ({ input }) => {
          inputs.push(input);
          return { output: { addReturn: true, cover: null } };
        },
      },
    });
    const url = mock.endpointOf('Library', 'Library11');
    client = await createClientAsync(`${url}?wsdl`);
    client.setEndpoint(url);
  });

  after(() => mock.close());

  async function call(operation: string, args: object): Promise<unknown> {
    const [result] = await (client as unknown as Record<string, (args: object) => Promise<unknown[]>>)[
      `${operation}Async`
    ]!(args);
    return result;
  }

  it('understand each other on an array of structs in the answer', async () => {
    const { findReturn } = (await call('find', { query: 'ada', limit: 2 })) as {
      findReturn: { item: { attributes: unknown; title: { $value: string }; scale?: { $value: number } }[] };
    };
    assert.deepEqual(inputs.pop(), { query: 'ada', limit: 2 });
    assert.deepEqual(
      findReturn.item.map(({ attributes, title, scale }) => [attributes, title.$value, scale?.$value]),
      [
        [{ 'xsi:type': 'tns:Book' }, 'Ada', undefined],
        [{ 'xsi:type': 'tns:Atlas' }, 'Ada', 5],
      ],
    );
  });

  it('understand each other on arrays in the call', async () => {
    const item = { title: 'Ada', price: '12.50', authors: { item: ['x', 'y'] } };
    await call('add', { books: { item: [item] }, notes: { item: [] } });
    assert.deepEqual(inputs.pop(), { books: [BOOK], notes: { item: [] } });
  });
});

describe('the codec of an rpc/encoded contract and the server of node-soap', () => {
  let contract: Contract;
  let url: string;
  let close: () => Promise<void>;
  let received: Record<string, unknown> = {};

  before(async () => {
    contract = await loadContract(WSDL);
    const server = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const operation = (answer: object) => (args: Record<string, unknown>) => {
      received = args;
      return answer;
    };
    const find = operation({
      findReturn: { item: [{ title: 'Ada', price: '12.50', authors: { item: ['x'] } }] },
    });
    const add = operation({ addReturn: true, cover: 'AQID' });
    listen(server, '/library', { Library: { Library11: { find, add } } }, readFileSync(WSDL, 'utf8'));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/library`;
    close = () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
  });

  after(() => close());

  async function call(operation: string, input: JsonValue): Promise<unknown> {
    const codec = compileCodec(contract, { service: 'Library', port: 'Library11', operation });
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: codec.operation.soapAction,
        connection: 'close',
      },
      body: Buffer.from(codec.input.encode(input)),
    });
    const decoded = codec.output!.decode(Buffer.from(await response.arrayBuffer()));
    assert.ok(decoded.kind === 'message');
    return JSON.parse(Buffer.from(decoded.json).toString());
  }

  it('understand each other on an array of structs in the answer', async () => {
    assert.deepEqual(await call('find', { query: 'ada', limit: 2 }), {
      findReturn: [{ title: 'Ada', price: '12.50', authors: ['x'] }],
    });
    assert.deepEqual(received['query'], { attributes: { 'xsi:type': 'xs:string' }, $value: 'ada' });
  });

  it('understand each other on arrays in the call', async () => {
    assert.deepEqual(await call('add', { books: [BOOK], notes: { item: [] } }), {
      addReturn: true,
      cover: 'AQID',
    });
    const { attributes, item } = received['books'] as {
      attributes: unknown;
      item: { title: { $value: string } };
    };
    assert.deepEqual(attributes, { 'xsi:type': 'tns:ArrayOfBook', 'soapenc:arrayType': 'tns:Book[1]' });
    assert.equal(item.title.$value, 'Ada');
  });
});
