import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createMockServer, type MockHandlers, type MockServer } from '../../../mocks/index.ts';
import { GREETER, withDocuments } from '../contracts.ts';
import { envelope, postBody } from '../soap-client.ts';

const CARD = '4111 1111 1111 1111';

/** A service, a proxy before it that records, and the folder for that. */
async function withProxy(
  handlers: MockHandlers,
  use: (proxy: MockServer, folder: string, wsdl: string) => Promise<void>,
): Promise<void> {
  await withDocuments(GREETER, async (folder) => {
    const wsdl = join(folder, 'greeter.wsdl');
    const service = await createMockServer({ wsdl, handlers });
    const record = join(folder, 'recorded');
    const to = service.endpointOf('Greeter', 'Greeter11');
    const proxy = await createMockServer({ wsdl, proxy: { to, record } });
    try {
      await use(proxy, record, wsdl);
    } finally {
      await proxy.close();
      await service.close();
    }
  });
}

function greet(name: string): string {
  return `<Greet xmlns="urn:greeter"><Name>${name}</Name></Greet>`;
}

function line(text: string): string | undefined {
  return /Line>([^<]*)</.exec(text)?.[1];
}

describe('a mock in front of a service', () => {
  it('gives what the service says, byte for byte, and keeps it in the journal', () => {
    const lines = ['Hello', 'again'];
    return withProxy({ Greet: () => ({ output: { line: lines, mood: 'glad' } }) }, async (proxy) => {
      const { status, text } = await postBody(proxy.endpointOf('Greeter', 'Greeter11'), '1.1', greet('Ada'));
      assert.deepEqual([status, line(text)], [200, 'Hello']);
      assert.deepEqual(proxy.calls[0]?.answeredBy, { kind: 'upstream' });
      assert.deepEqual(proxy.calls[0].response.json, { line: lines, mood: 'glad' });
    });
  });

  it('records scenarios that answer as the service did, a changed answer after the first, and faults', async () => {
    let times = 0;
    const handlers: MockHandlers = {
      Greet: ({ input }) => {
        const { name } = input as { name: string };
        if (name === 'Nobody')
          return { fault: { name: 'Unwelcome', reason: 'not you {{ 1 }}', value: { until: '2030-01-01' } } };
        times += 1;
        return { output: { line: [`${name} ${times}`], mood: 'glad' } };
      },
    };
    await withProxy(handlers, async (proxy, folder, wsdl) => {
      const url = proxy.endpointOf('Greeter', 'Greeter11');
      for (const name of ['Ada', 'Ada', 'Nobody', 'Bob']) await postBody(url, '1.1', greet(name));
      await proxy.close();
      assert.equal(proxy.proxied?.recorded, 3);
      assert.deepEqual(await readdir(folder), ['Greeter.Greet.yaml']);
      const player = await createMockServer({ wsdl, scenarios: folder });
      try {
        const again = player.endpointOf('Greeter', 'Greeter11');
        const said = [];
        for (const name of ['Ada', 'Ada', 'Ada', 'Bob'])
          said.push(line((await postBody(again, '1.1', greet(name))).text));
        assert.deepEqual(said, ['Ada 1', 'Ada 2', 'Ada 2', 'Bob 3']);
        const { text } = await postBody(again, '1.1', greet('Nobody'));
        assert.match(text, /not you \{\{ 1 \}\}/);
        assert.match(text, /Until>2030-01-01</);
      } finally {
        await player.close();
      }
    });
  });

  it('puts other card numbers, IBANs and secrets into the recording, the same ones in request and answer', () =>
    withProxy(
      {
        Greet: ({ input }) => ({
          output: { line: [`paid with ${(input as { name: string }).name}`], mood: 'glad' },
        }),
      },
      async (proxy, folder) => {
        const url = proxy.endpointOf('Greeter', 'Greeter11');
        await postBody(url, '1.1', greet(CARD));
        await postBody(url, '1.1', greet('DK5000400440116243'));
        await proxy.close();
        const text = await readFile(join(folder, 'Greeter.Greet.yaml'), 'utf8');
        assert.doesNotMatch(text, /1111 1111|0400440116243/);
        const cards = text.match(/4000 00\d\d \d{4} \d{4}/g) ?? [];
        assert.equal(cards.length, 2);
        assert.equal(cards[0], cards[1]);
        assert.equal(new Set(text.match(/DK\d{16}/g)).size, 1);
      },
    ));

  it('tells how messages went against the contract, once each, and lets them pass', async () => {
    const odd = createServer((_request, response) => {
      const body = '<GreetResponse xmlns="urn:greeter"><Line>x</Line><Mood>cross</Mood></GreetResponse>';
      response.writeHead(200, { 'content-type': 'text/xml', 'set-cookie': 'a=1' }).end(envelope('1.1', body));
    });
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    const to = `http://127.0.0.1:${(odd.address() as AddressInfo).port}/`;
    const watched = withDocuments(GREETER, async (folder) => {
      const proxy = await createMockServer({ wsdl: join(folder, 'greeter.wsdl'), proxy: { to } });
      const url = proxy.endpointOf('Greeter', 'Greeter11');
      const { text } = await postBody(url, '1.1', greet('Ada'));
      await postBody(url, '1.1', greet('Ada'));
      await postBody(url, '1.1', '<Greet xmlns="urn:greeter"/>');
      assert.match(text, /cross/);
      const drift = proxy.proxied?.drift.map(({ direction, count }) => [direction, count]);
      assert.deepEqual(drift, [
        ['answer', 3],
        ['request', 1],
      ]);
      assert.match(proxy.proxied?.drift[0]?.reason ?? '', /Mood/);
      await proxy.close();
    });
    await watched.finally(() => odd.close());
  });

  it('answers a fault where the service does not answer, without the credentials of its URL', () =>
    withDocuments(GREETER, async (folder) => {
      const to = 'http://robot:hunter2@127.0.0.1:9/';
      const proxy = await createMockServer({ wsdl: join(folder, 'greeter.wsdl'), proxy: { to } });
      const { status, text } = await postBody(proxy.endpointOf('Greeter', 'Greeter11'), '1.1', greet('Ada'));
      assert.equal(status, 500);
      assert.match(text, /the service at http:\/\/127\.0\.0\.1:9 did not answer/);
      assert.doesNotMatch(text, /hunter2/);
      await proxy.close();
    }));

  it('overwrites nothing: a folder with files in it is refused', () =>
    withDocuments(GREETER, async (folder) => {
      await writeFile(join(folder, 'mine.yaml'), '');
      await assert.rejects(
        createMockServer({
          wsdl: join(folder, 'greeter.wsdl'),
          proxy: { to: 'http://127.0.0.1:9', record: folder },
        }),
        /new or an empty folder/,
      );
    }));
});
