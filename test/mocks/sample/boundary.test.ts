import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createMockServer, type MockServer, type MockServerOptions } from '../../../mocks/index.ts';
import { GREETER, withDocuments } from '../contracts.ts';
import { postBody } from '../soap-client.ts';

const GREET = '<Greet xmlns="urn:greeter"><Name>Ada</Name></Greet>';

async function withBoundaries(
  use: (
    ask: (variant?: string) => Promise<Response & { readonly xml: string }>,
    mock: MockServer,
  ) => Promise<void>,
  options: Partial<MockServerOptions> = {},
): Promise<void> {
  await withDocuments(GREETER, async (folder) => {
    const mock = await createMockServer({
      wsdl: join(folder, 'greeter.wsdl'),
      boundary: true,
      strict: true,
      ...options,
    });
    const ask = async (variant?: string): Promise<Response & { readonly xml: string }> => {
      const response = await fetch(mock.endpointOf('Greeter', 'Greeter11'), {
        method: 'POST',
        headers: {
          'content-type': 'text/xml',
          ...(variant !== undefined && { 'x-portico-variant': variant }),
        },
        body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${GREET}</s:Body></s:Envelope>`,
      });
      return Object.assign(response, { xml: await response.text() });
    };
    try {
      await use(ask, mock);
    } finally {
      await mock.close();
    }
  });
}

async function variantsOf(mock: MockServer): Promise<string[]> {
  const response = await fetch(`${mock.endpointOf('Greeter', 'Greeter11')}?variants`);
  return ((await response.json()) as Record<string, string[]>)['Greet']!;
}

const lines = (xml: string): number => xml.match(/<(?:\w+:)?Line[ >/]/g)?.length ?? 0;

describe('the mock in boundary mode', () => {
  it('answers each call with the next variant, in a circle, and says which it is', () =>
    withBoundaries(async (ask, mock) => {
      const names = await variantsOf(mock);
      assert.ok(names.length > 4);
      const answered: (string | null)[] = [];
      for (let call = 0; call <= names.length; call += 1) {
        const response = await ask();
        assert.equal(response.status, 200, response.xml);
        answered.push(response.headers.get('x-portico-variant'));
      }
      assert.deepEqual(answered, [...names, names[0]]);
      assert.deepEqual(mock.calls.at(-1)?.answeredBy, { kind: 'sample', variant: names[0] });
    }));

  it('shows lists of one, two and the most, and each word of an enumeration', () =>
    withBoundaries(async (ask, mock) => {
      const answers = await Promise.all((await variantsOf(mock)).map((name) => ask(name)));
      const counts = new Set(answers.map(({ xml }) => lines(xml)));
      for (const count of [1, 2, 5]) assert.ok(counts.has(count), `${count} of ${[...counts].join(', ')}`);
      for (const mood of ['glad', 'gloomy']) assert.ok(answers.some(({ xml }) => xml.includes(`>${mood}<`)));
    }));

  it('gives the variant that a request names, and leaves the circle where it is', () =>
    withBoundaries(async (ask, mock) => {
      const [first, second] = await variantsOf(mock);
      assert.equal((await ask(second)).headers.get('x-portico-variant'), second);
      assert.equal((await ask()).headers.get('x-portico-variant'), first);
    }));

  it('refuses a variant that there is none of, with the nearest', () =>
    withBoundaries(async (ask) => {
      const { status, xml } = await ask('minimul');
      assert.equal(status, 500);
      assert.match(xml, /:Client<.*no variant &#34;minimul&#34;\. Did you mean &#34;minimal&#34;\?/s);
    }));

  it('begins again after a reset', () =>
    withBoundaries(async (ask, mock) => {
      const first = (await ask()).xml;
      await ask();
      mock.reset();
      assert.equal((await ask()).xml, first);
    }));

  it('says nothing of variants outside of it', () =>
    withBoundaries(
      async (ask, mock) => {
        assert.equal((await ask()).headers.get('x-portico-variant'), null);
        assert.equal((await fetch(`${mock.endpointOf('Greeter', 'Greeter11')}?variants`)).status, 404);
      },
      { boundary: false },
    ));
});

describe('the mock: samples', () => {
  const NAMED = '<Greet xmlns="urn:greeter"><Name>Ada</Name><Times>3</Times></Greet>';

  it('are the same bytes whatever was asked before', () =>
    withDocuments(GREETER, async (folder) => {
      const answers: string[][] = [];
      for (const order of [
        [GREET, NAMED],
        [NAMED, GREET],
      ]) {
        const mock = await createMockServer({ wsdl: join(folder, 'greeter.wsdl'), seed: 3 });
        const texts: string[] = [];
        for (const body of order)
          texts.push((await postBody(mock.endpointOf('Greeter', 'Greeter11'), '1.1', body)).text);
        answers.push(order[0] === GREET ? texts : texts.toReversed());
        await mock.close();
      }
      assert.deepEqual(answers[0], answers[1]);
    }));
});
