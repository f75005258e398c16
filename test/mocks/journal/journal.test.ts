import assert from 'node:assert/strict';
import { maskXml } from '../../../mocks/journal/mask-xml.ts';
import { join } from 'node:path';
import { createMockServer, type MockServer } from '../../../mocks/index.ts';
import { GREETER, withDocuments } from '../contracts.ts';
import { postBody } from '../soap-client.ts';

const CARD = '4111111111111111';

async function withGreeter(use: (mock: MockServer, url: string) => Promise<void>): Promise<void> {
  await withDocuments(GREETER, async (folder) => {
    const mock = await createMockServer({
      wsdl: join(folder, 'greeter.wsdl'),
      handlers: {
        Greet: ({ input }) => ({ output: { line: [(input as { name: string }).name], mood: 'glad' } }),
      },
    });
    try {
      await use(mock, mock.endpointOf('Greeter', 'Greeter11'));
    } finally {
      await mock.close();
    }
  });
}

function greet(name: string): string {
  return `<Greet xmlns="urn:greeter"><Name>${name}</Name></Greet>`;
}

describe('the journal', () => {
  it('keeps request and answer of a call as XML and as JSON', () =>
    withGreeter(async (mock, url) => {
      await postBody(url, '1.1', greet('Ada'));
      const call = mock.calls.at(-1);
      assert.deepEqual([call?.number, call?.answeredBy], [1, { kind: 'handler' }]);
      assert.deepEqual(call?.request.json, { name: 'Ada' });
      assert.match(call.request.xml ?? '', /<Name>Ada<\/Name>/);
      assert.deepEqual(call.response.json, { line: ['Ada'], mood: 'glad' });
      assert.match(call.response.xml ?? '', /Line>Ada</);
    }));

  for (const [title, spelt] of Object.entries({
    'in plain digits': CARD,
    'spelt with character references': CARD.replace('4', '&#52;').replace('1111', '&#x31;111'),
    'in a CDATA section': `<![CDATA[${CARD}]]>`,
    'with a comment in its middle': `41111111<!-- x -->11111111`,
  }))
    it(`shows no card number that came ${title}`, () =>
      withGreeter(async (mock, url) => {
        await postBody(url, '1.1', greet(spelt));
        const text = JSON.stringify(mock.calls);
        assert.match(text, /\[masked\]/);
        assert.doesNotMatch(text, /1111/);
      }));

  it('shows no credentials of the header', () =>
    withGreeter(async (mock, url) => {
      await postBody(url, '1.1', greet('Ada'), { authorization: 'Basic YW5uYTpzZWNyZXQ=', 'x-trace': 'abc' });
      assert.deepEqual(
        [mock.calls[0]?.headers.authorization, mock.calls[0]?.headers['x-trace']],
        ['[masked]', 'abc'],
      );
    }));

  it('keeps only the size of a message above 256 KiB', () =>
    withGreeter(async (mock, url) => {
      await postBody(url, '1.1', greet('Ada') + ' '.repeat(300_000));
      const call = mock.calls.at(-1);
      assert.ok((call?.request.bytes ?? 0) > 300_000);
      assert.deepEqual([call?.request.xml, call?.request.json], [undefined, undefined]);
      assert.notEqual(call?.response.xml, undefined);
    }));

  it('forgets the oldest of more than a thousand calls, and counts on', () =>
    withGreeter(async (mock, url) => {
      for (let turn = 0; turn < 1_005; turn += 1) await postBody(url, '1.1', greet('Ada'));
      assert.deepEqual(
        [mock.calls.length, mock.calls[0]?.number, mock.calls.at(-1)?.number],
        [1000, 6, 1005],
      );
    }));

  it('masks a number in XML, in whatever way it is spelt', () => {
    for (const spelt of [
      '4111<?x y?>111111111111',
      '<![CDATA[&4111]]>111111111111',
      '<![CDATA[<4111 1111]]><!-- --> 1111&#x20;1111',
    ])
      assert.match(
        maskXml(`<?xml version="1.0"?><a>${spelt}</a>`),
        /^<\?xml .*<a>(?:&amp;|&lt;)?\[masked\]<\/a>$/,
      );
  });
});
