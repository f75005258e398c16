import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { securityHead } from '../../../facade/http/security-headers.ts';
import { writeHead } from '../../../facade/http/write-head.ts';

const OWN = ['X-Request-Id', 'one', 'Cache-Control', 'no-store', 'Age', '7'];
const HEAD = [...securityHead, ...OWN];

interface Got {
  readonly status: number | undefined;
  readonly fields: readonly string[];
  readonly body: string;
}

/** What a client sees of an answer. */
async function answerOf(
  answer: (response: ServerResponse) => void,
  headers: Record<string, string> = {},
): Promise<Got> {
  const server = createServer((_request, response) => {
    answer(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: '127.0.0.1', headers }).end();
  const [reply] = (await once(sent, 'response')) as [IncomingMessage];
  const body = Buffer.concat(await reply.toArray()).toString();
  server.closeAllConnections();
  server.close();
  return { status: reply.statusCode, fields: reply.rawHeaders, body };
}

function pairs(fields: readonly string[]): Map<string, string> {
  const all = new Map<string, string>();
  for (let index = 0; index < fields.length; index += 2) all.set(fields[index]!, fields[index + 1]!);
  all.delete('Date');
  return all;
}

describe('heads in one piece', () => {
  const cases: Readonly<
    Record<string, { head?: string[]; headers?: Record<string, string>; status?: number }>
  > = {
    'a length that is told': { head: ['Content-Length', '2'] },
    'a length that is not known': {},
    'a connection that the client wants closed': {
      head: ['Content-Length', '2'],
      headers: { Connection: 'close' },
    },
    'a connection that we want closed': { head: ['Connection', 'close', 'Content-Length', '2'] },
    'a client that waits to be asked for its body': {
      head: ['Content-Length', '2'],
      headers: { Expect: '100-continue' },
    },
    'a status without a body': { status: 304 },
  };
  for (const [what, { head = [], headers, status = 200 }] of Object.entries(cases)) {
    it(`are what node:http would write, for ${what}`, async () => {
      const all = [...HEAD, ...head];
      const ours = await answerOf(
        (response) =>
          writeHead({ response, standing: securityHead, head: [...OWN, ...head] }, status).end('{}'),
        headers,
      );
      const nodes = await answerOf((response) => response.writeHead(status, all).end('{}'), headers);
      assert.equal(ours.status, nodes.status);
      assert.equal(ours.body, nodes.body);
      assert.deepEqual(pairs(ours.fields), pairs(nodes.fields));
    });
  }

  it('begin with the fields of their own origin, whichever came before', async () => {
    const [one, other] = ['https://a.example', 'https://b.example'].map((origin) => ({
      origin,
      standing: [...securityHead, 'Access-Control-Allow-Origin', origin],
    }));
    for (const { origin, standing } of [one!, other!, one!]) {
      const { fields } = await answerOf((response) =>
        writeHead({ response, standing, head: OWN }, 200).end(),
      );
      assert.equal(pairs(fields).get('Access-Control-Allow-Origin'), origin);
    }
  });

  it('take what others have set on the response before', async () => {
    const { fields } = await answerOf((response) => {
      response.setHeader('X-Theirs', 'yes');
      writeHead({ response, standing: securityHead, head: OWN }, 200).end();
    });
    assert.equal(pairs(fields).get('X-Theirs'), 'yes');
    assert.equal(pairs(fields).get('X-Request-Id'), 'one');
  });

  it('pass by whoever has put his own writeHead in place', async () => {
    let calls = 0;
    await answerOf((response) => {
      const own = response.writeHead.bind(response) as (...parameters: unknown[]) => ServerResponse;
      response.writeHead = (...parameters: unknown[]) => {
        calls += 1;
        return own(...parameters);
      };
      writeHead({ response, standing: securityHead, head: OWN }, 200).end();
    });
    assert.equal(calls, 1);
  });

  it('fall back to writeHead where Node has no such way', async () => {
    const { fields } = await answerOf((response) => {
      Object.defineProperty(response, '_storeHeader', { value: undefined, configurable: true });
      const writes = (): unknown => writeHead({ response, standing: securityHead, head: OWN }, 200);
      assert.throws(writes, TypeError, 'writeHead itself was called');
      Reflect.deleteProperty(response, '_storeHeader');
      writeHead({ response, standing: securityHead, head: OWN }, 200).end();
    });
    assert.equal(pairs(fields).get('Age'), '7');
  });

  for (const [name, value] of [
    ['X-Id', 'a\r\nSet-Cookie: b'],
    ['X-Id', 'a\nb'],
    ['X-Id', 'gr\u{2014}n'],
    ['X-Id: a\r\nX', 'b'],
  ] as const) {
    it(`refuse ${JSON.stringify(name)} with ${JSON.stringify(value)}`, async () => {
      await answerOf((response) => {
        assert.throws(
          () => writeHead({ response, standing: securityHead, head: [...OWN, name, value] }, 200),
          TypeError,
        );
        response.end();
      });
    });
  }

  it('let a client see the fields of an answer once each', async () => {
    const { fields } = await answerOf((response) =>
      writeHead({ response, standing: securityHead, head: OWN }, 200).end(),
    );
    const names = fields.filter((_, index) => index % 2 === 0);
    assert.equal(new Set(names).size, names.length);
  });
});
