import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  createMockServer,
  type MockHandlers,
  type MockServer,
  type MockServerOptions,
} from '../../mocks/index.ts';
import { ADDER, DOORS, GREETER, withDocuments } from './contracts.ts';
import { envelope, post, postBody } from './soap-client.ts';

const GREET = '<Greet xmlns="urn:greeter"><Name>Ada</Name></Greet>';

/** Mocks all contracts of these tests for the time of `use`. */
async function withMock(
  use: (mock: MockServer) => Promise<void>,
  options: Omit<MockServerOptions, 'wsdl'> = {},
): Promise<void> {
  await withDocuments({ ...GREETER, 'adder.wsdl': ADDER, 'doors.wsdl': DOORS }, async (folder) => {
    const wsdl = ['greeter.wsdl', 'adder.wsdl', 'doors.wsdl'].map((file) => join(folder, file));
    const mock = await createMockServer({ wsdl, ...options });
    try {
      await use(mock);
    } finally {
      await mock.close();
    }
  });
}

function withHandlers(handlers: MockHandlers, use: (mock: MockServer) => Promise<void>): Promise<void> {
  return withMock(use, { handlers });
}

describe('the mock: answers', () => {
  it('every operation with a sample that fits its contract', () =>
    withMock(async (mock) => {
      const { status, contentType, text } = await postBody(
        mock.endpointOf('Greeter', 'Greeter11'),
        '1.1',
        GREET,
      );
      assert.deepEqual([status, contentType], [200, 'text/xml; charset=utf-8']);
      assert.match(text, /GreetResponse/);
      assert.match(text, />gl(?:ad|oomy)</);
    }));

  it('in SOAP 1.2 on a port that speaks it', () =>
    withMock(async (mock) => {
      const { status, contentType, text } = await postBody(
        mock.endpointOf('Greeter', 'Greeter12'),
        '1.2',
        GREET,
      );
      assert.deepEqual([status, contentType], [200, 'application/soap+xml; charset=utf-8']);
      assert.match(text, /http:\/\/www\.w3\.org\/2003\/05\/soap-envelope/);
    }));

  it('the same request the same way, and another seed another way', async () => {
    const ask = async (seed: number): Promise<string[]> => {
      const texts: string[] = [];
      await withMock(
        async (mock) => {
          const url = mock.endpointOf('Greeter', 'Greeter11');
          for (let turn = 0; turn < 2; turn += 1) texts.push((await postBody(url, '1.1', GREET)).text);
        },
        { seed },
      );
      return texts;
    };
    const [first, again] = await ask(7);
    const answers = await Promise.all([7, 8, 9, 10, 11, 12].map(ask));
    assert.equal(first, again);
    assert.equal(first, answers[0]?.[0]);
    assert.ok(new Set(answers.map(([text]) => text)).size > 1);
  });

  it('a one-way operation with 202 and no body', () =>
    withMock(async (mock) => {
      const answer = await postBody(
        mock.endpointOf('Greeter', 'Greeter11'),
        '1.1',
        '<Tell xmlns="urn:greeter"><Secret>x</Secret></Tell>',
      );
      assert.deepEqual(answer, { status: 202, contentType: null, text: '' });
    }));

  it('rpc operations by their wrapper', () =>
    withHandlers(
      {
        'Adder.Add': ({ input }) => {
          const { left, right } = input as { left: number; right: number };
          return { output: { sum: left + right } };
        },
      },
      async (mock) => {
        const { text } = await postBody(
          mock.endpointOf('Adder', 'Adder'),
          '1.1',
          '<a:Add xmlns:a="urn:adder"><left>40</left><right>2</right></a:Add>',
        );
        assert.match(text, /<sum>42<\/sum>/);
      },
    ));

  it('operations with the same body by their SOAPAction', () =>
    withHandlers(
      { Open: () => ({ output: { done: 'opened' } }), Close: () => ({ output: { done: 'closed' } }) },
      async (mock) => {
        const ask = (action: string): Promise<{ text: string }> =>
          postBody(mock.endpointOf('Doors', 'Doors'), '1.1', '<Door xmlns="urn:doors">front</Door>', {
            soapaction: action,
          });
        assert.match((await ask('"urn:doors/Close"')).text, />closed</);
        assert.match((await ask('urn:doors/Open')).text, />opened</);
        assert.match((await ask('""')).text, />opened</);
      },
    ));
});

describe('the mock: handlers', () => {
  it('answer with the output they give, and leave the rest to the sample', () =>
    withHandlers(
      {
        Greet: ({ input, operation, service, port }) => {
          const { name } = input as { name: string };
          if (name !== 'Ada') return undefined;
          return { output: { line: [`${service} ${port} ${operation} ${name}`], mood: 'glad' } };
        },
      },
      async (mock) => {
        const url = mock.endpointOf('Greeter', 'Greeter11');
        assert.match((await postBody(url, '1.1', GREET)).text, />Greeter Greeter11 Greet Ada</);
        assert.match((await postBody(url, '1.1', GREET.replace('Ada', 'Bob'))).text, /GreetResponse/);
      },
    ));

  it('answer with a declared fault, in the SOAP version of the port', () =>
    withHandlers(
      { Greet: () => ({ fault: { name: 'Unwelcome', reason: 'go away', value: { until: '2030-01-01' } } }) },
      async (mock) => {
        const old = await postBody(mock.endpointOf('Greeter', 'Greeter11'), '1.1', GREET);
        assert.equal(old.status, 500);
        assert.match(
          old.text,
          /<faultcode>[\w-]+:Client<\/faultcode><faultstring[^>]*>go away<\/faultstring>/,
        );
        assert.match(old.text, /Until>2030-01-01</);
        const current = await postBody(mock.endpointOf('Greeter', 'Greeter12'), '1.2', GREET);
        assert.equal(current.status, 400);
        assert.match(current.text, /:Sender</);
        assert.match(current.text, /Until>2030-01-01</);
      },
    ));

  it('may blame the receiver', () =>
    withHandlers(
      { Greet: () => ({ fault: { reason: 'closed for lunch', category: 'Receiver' } }) },
      async (mock) => {
        const { status, text } = await postBody(mock.endpointOf('Greeter', 'Greeter12'), '1.2', GREET);
        assert.equal(status, 500);
        assert.match(text, /:Receiver<.*closed for lunch/s);
      },
    ));

  const broken: Record<string, [MockHandlers[string], RegExp]> = {
    'an output outside the contract': [
      () => ({ output: { line: [], mood: 'bored' } }),
      /does not fit its contract.*\/mood/s,
    ],
    'a fault that is not declared': [
      () => ({ fault: { name: 'Oops', reason: 'x' } }),
      /fault "Oops", which it does not declare/,
    ],
    'an exception': [
      () => {
        throw new Error('out of paper');
      },
      /handler of Greeter\.Greet failed: out of paper/,
    ],
  };
  for (const [title, [handler, reason]] of Object.entries(broken)) {
    it(`that answer with ${title} give a Server fault that says so`, () =>
      withHandlers({ Greet: handler }, async (mock) => {
        const { status, text } = await postBody(mock.endpointOf('Greeter', 'Greeter11'), '1.1', GREET);
        assert.equal(status, 500);
        assert.match(text, /:Server</);
        assert.match(text.replaceAll('&#34;', '"').replaceAll('&quot;', '"'), reason);
      }));
  }

  it('without an operation are refused when the mock is made, with a suggestion', async () => {
    const handlers = { Gret: () => undefined, 'Greeter.Tel': () => undefined };
    await assert.rejects(
      withHandlers(handlers, async () => undefined),
      new Error(
        'no operation for the handler "Gret"; did you mean "Greet"?\nno operation for the handler "Greeter.Tel"; did you mean "Greeter.Tell"?',
      ),
    );
  });
});

describe('the mock: what it refuses', () => {
  const bad: Record<string, [string, RegExp]> = {
    'a missing element': [
      '<Greet xmlns="urn:greeter"/>',
      /Name.*is missing.*rule missing-element, line 1, \/s:Envelope\/s:Body\/Greet\)/s,
    ],
    'a value outside its facets': [
      '<Greet xmlns="urn:greeter"><Name/></Greet>',
      /rule invalid-value, line 1, \/s:Envelope\/s:Body\/Greet\/Name\)/,
    ],
    'an unknown element': [`<Greet xmlns="urn:greeter"><Name>A</Name><Age>3</Age></Greet>`, /Age/],
    'an unknown operation': [
      '<Great xmlns="urn:greeter"/>',
      /no operation for body element \{urn:greeter\}Great; did you mean \{urn:greeter\}Greet\?/,
    ],
    'an empty body': [
      '',
      /no operation for an empty body; it takes \{urn:greeter\}Greet, \{urn:greeter\}Tell/,
    ],
  };
  for (const [title, [body, reason]] of Object.entries(bad)) {
    it(`${title}: a Client fault that says what and where`, () =>
      withMock(async (mock) => {
        const { status, text } = await postBody(mock.endpointOf('Greeter', 'Greeter11'), '1.1', body);
        assert.equal(status, 500);
        assert.match(text, /:Client</);
        assert.match(text, reason);
      }));
  }

  it('is the sender’s fault with 400 in SOAP 1.2', () =>
    withMock(async (mock) => {
      const { status, text } = await postBody(
        mock.endpointOf('Greeter', 'Greeter12'),
        '1.2',
        '<Greet xmlns="urn:greeter"/>',
      );
      assert.equal(status, 400);
      assert.match(text, /:Sender</);
    }));

  it('another SOAP version is a VersionMismatch that the sender can read', () =>
    withMock(async (mock) => {
      const toOld = await postBody(mock.endpointOf('Greeter', 'Greeter11'), '1.2', GREET);
      assert.equal(toOld.contentType, 'text/xml; charset=utf-8');
      assert.match(toOld.text, /:VersionMismatch<.*speaks SOAP 1\.1; the request is SOAP 1\.2/s);
      const toNew = await postBody(mock.endpointOf('Greeter', 'Greeter12'), '1.1', GREET);
      assert.equal(toNew.contentType, 'text/xml; charset=utf-8');
      assert.match(toNew.text, /:VersionMismatch</);
      const unknown = await post(mock.endpointOf('Greeter', 'Greeter12'), '<Envelope xmlns="urn:soap-9"/>', {
        'content-type': 'text/xml',
      });
      assert.match(unknown.text, /Upgrade>/);
    }));

  for (const [title, text] of Object.entries({
    'what is no XML': 'hello',
    'a document type': `<!DOCTYPE x [<!ENTITY e "boom">]>${envelope('1.1', GREET)}`,
    'an envelope that is cut off': envelope('1.1', GREET).slice(0, -20),
  })) {
    it(`${title} is a Client fault`, () =>
      withMock(async (mock) => {
        const answer = await post(mock.endpointOf('Greeter', 'Greeter11'), text, {
          'content-type': 'text/xml',
        });
        assert.equal(answer.status, 500);
        assert.match(answer.text, /:Client</);
      }));
  }

  it('a header block that must be understood is a MustUnderstand fault', () =>
    withMock(async (mock) => {
      const header = '<s:Header><x:Tx xmlns:x="urn:x" s:mustUnderstand="1"/></s:Header><s:Body>';
      const text = envelope('1.1', GREET).replace('<s:Body>', header);
      assert.match(
        (await post(mock.endpointOf('Greeter', 'Greeter11'), text, { 'content-type': 'text/xml' })).text,
        /:MustUnderstand</,
      );
    }));

  it('a request larger than its bound with 413', () =>
    withMock(
      async (mock) => {
        const url = mock.endpointOf('Greeter', 'Greeter11');
        assert.equal((await postBody(url, '1.1', GREET + ' '.repeat(2000))).status, 413);
        assert.equal((await postBody(url, '1.1', GREET)).status, 200);
      },
      { maxRequestBytes: 1000 },
    ));

  it('a media type that is no SOAP with 415, other methods with 405, other paths with 404', () =>
    withMock(async (mock) => {
      const url = mock.endpointOf('Greeter', 'Greeter11');
      assert.equal((await post(url, '{}', { 'content-type': 'application/json' })).status, 415);
      const put = await fetch(url, { method: 'PUT', body: '' });
      assert.deepEqual([put.status, put.headers.get('allow')], [405, 'GET, HEAD, POST']);
      assert.equal((await fetch(`${mock.url}/nowhere`)).status, 404);
      assert.equal((await fetch(`${url}?wsdl=99`)).status, 404);
    }));
});

describe('the mock: texts', () => {
  it('are read in the charset that the request declares', () =>
    withHandlers(
      { Greet: ({ input }) => ({ output: { line: [(input as { name: string }).name], mood: 'glad' } }) },
      async (mock) => {
        const bytes = Buffer.from(envelope('1.1', GREET.replace('Ada', 'Zoé')), 'latin1');
        const url = mock.endpointOf('Greeter', 'Greeter11');
        const { text } = await post(url, Uint8Array.from(bytes), {
          'content-type': 'text/xml; charset=iso-8859-1',
        });
        assert.match(text, />Zoé</);
      },
    ));
});

describe('the mock: journal', () => {
  it('keeps which operations were called and what came of it', () =>
    withMock(async (mock) => {
      const url = mock.endpointOf('Greeter', 'Greeter11');
      await postBody(url, '1.1', GREET);
      await postBody(url, '1.1', '<Greet xmlns="urn:greeter"/>');
      await postBody(url, '1.1', '<Great xmlns="urn:greeter"/>');
      const port = { service: 'Greeter', port: 'Greeter11' };
      const brief = mock.calls.map(({ service, port: name, operation, outcome, status }) => ({
        service,
        port: name,
        ...(operation !== undefined && { operation }),
        outcome,
        status,
      }));
      assert.deepEqual(brief, [
        { ...port, operation: 'Greet', outcome: 'output', status: 200 },
        { ...port, operation: 'Greet', outcome: 'fault', status: 500 },
        { ...port, outcome: 'fault', status: 500 },
      ]);
    }));
});

describe('the mock: pages', () => {
  it('list every port with its operations', () =>
    withMock(async (mock) => {
      const response = await fetch(mock.url);
      const page = await response.text();
      assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
      for (const text of [
        '/Greeter/Greeter11?wsdl',
        '/Greeter/Greeter12?wsdl',
        '/Adder/Adder?wsdl',
        'Says hello.',
      ]) {
        assert.ok(page.includes(text), text);
      }
    }));

  it('name the ports that there are when asked for one that there is not', () =>
    withMock(async (mock) => {
      assert.throws(
        () => mock.endpointOf('Greeter', 'Greeter1'),
        /no port Greeter\/Greeter1 is mocked; did you mean Greeter\/Greeter11\?/,
      );
    }));
});
