import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { XmlDocument, XmlElement, type XmlTreeNode } from 'libxml2-wasm';
import type { Facade } from '../../../../facade/index.ts';
import { openBank, type OpenBank } from '../../../examples/open-bank.ts';
import { startBank, type Bank, type ProblemBody } from '../../bank.ts';

const payloads = [
  '<x/>',
  '</AccountId><Injected>1</Injected><AccountId>',
  ']]><x/><![CDATA[',
  '<![CDATA[x]]>',
  '<!-- x -->',
  '<?x y?>',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
  '&e;&#60;&amp;lt;',
  '"><x a="',
  "'/><x a='",
  'a" xmlns:e="urn:e" e:b="',
  'a & b < c > d',
  '%3Cx/%3E',
  '${x} {{7*7}} <%= x %>',
  "' OR '1'='1",
  'a\tb\r\nc\nd\re',
  ' a  b ',
];

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** One string that a client gives: where it stands in an error, and the call that has `text` there. */
interface Place {
  readonly name: string;
  readonly put: (text: string) => Call;
}

type Json = Readonly<Record<string, never>> | undefined;

describe('markup in strings', () => {
  for (const [name, open] of [
    ['the bank of the tests', openTestBank],
    ['the bank example', openExample],
  ] as const)
    describe(name, () => {
      let target: Target;
      before(async () => {
        target = await open();
      });
      after(() => target.close());

      it(`is text to the core, or refused where it stands (${payloads.length} texts in every string of every route)`, async () => {
        const places = placesOf(target.facade);
        let [arrived, refused] = [0, 0];
        for (const { name: where, put } of places) {
          const plain = await shapeOf(target, put('a'));
          for (const payload of payloads) {
            const outcome = await attempt(
              target,
              put(payload),
              `${where} ${JSON.stringify(payload)}`,
              payload,
              plain,
            );
            if (outcome === 'arrived') arrived += 1;
            else refused += 1;
          }
        }
        assert.ok(arrived > 0);
        console.log(`        ${places.length} strings: ${arrived} texts arrived, ${refused} were refused`);
      });
    });
});

interface Target {
  readonly url: string;
  readonly facade: Facade;
  readonly token: string;
  /** What the core got since it was last emptied. */
  readonly envelopes: string[];
  close(): Promise<void>;
}

async function attempt(
  target: Target,
  call: Call,
  what: string,
  payload: string,
  plain: readonly string[] | undefined,
): Promise<'arrived' | 'refused'> {
  const response = await send(target, call);
  const body = await response.text();
  const [envelope] = target.envelopes;
  if (envelope === undefined) {
    assert.equal(response.status, 400, `${what}: ${body}`);
    const { errors = [] } = JSON.parse(body) as ProblemBody;
    assert.ok(errors.length > 0, what);
    return 'refused';
  }
  const { names, texts } = read(envelope);
  if (plain !== undefined) assert.deepEqual(names, plain, `${what}: the same elements and attributes`);
  // An xs:token is collapsed, and an attribute normalised, by whoever reads the schema.
  const collapsed = payload.trim().replaceAll(/[\t\r\n ]+/g, ' ');
  assert.ok(texts.includes(payload) || texts.includes(collapsed), `${what}: ${envelope}`);
  return 'arrived';
}

/** Names of all elements and attributes that a harmless text leads to; undefined where even that is refused. */
async function shapeOf(target: Target, call: Call): Promise<readonly string[] | undefined> {
  await (await send(target, call)).arrayBuffer();
  const [envelope] = target.envelopes;
  return envelope === undefined ? undefined : read(envelope).names;
}

function send(target: Target, { method, path, query, headers, body }: Call): Promise<Response> {
  target.envelopes.length = 0;
  const search = new URLSearchParams(query).toString();
  return fetch(target.url + path + (search === '' ? '' : `?${search}`), {
    method,
    headers: {
      ...headers,
      Authorization: `Bearer ${target.token}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** By another engine than ours. */
function read(envelope: string): { readonly names: readonly string[]; readonly texts: readonly string[] } {
  const document = XmlDocument.fromString(envelope);
  const names: string[] = [];
  const texts: string[] = [];
  const visit = (node: XmlTreeNode | null): void => {
    for (let at = node; at !== null; at = at.next) {
      if (!(at instanceof XmlElement)) continue;
      names.push(at.name, ...at.attrs.map(({ name }) => `@${name}`));
      texts.push(...at.attrs.map(({ value }) => value));
      if (at.firstChild === null || !(at.firstChild instanceof XmlElement)) texts.push(at.content);
      visit(at.firstChild);
    }
  };
  visit(document.root);
  document.dispose();
  return { names, texts };
}

/** Paths that no core stands behind. */
const PORTICOS_OWN = /^\/v1\/(?:operations\/|events$)/;

/** Every string that the OpenAPI document lets a client give. */
function placesOf({ openApi }: Facade): Place[] {
  const ofServices = Object.entries(openApi.paths).filter(([template]) => !PORTICOS_OWN.test(template));
  return ofServices.flatMap(([template, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const parameters = (operation.parameters ?? []).filter((parameter) => 'name' in parameter);
      const example = operation.requestBody?.content['application/json']?.example as unknown;
      const base: Call = {
        method: method.toUpperCase(),
        path: template,
        query: {},
        headers: {},
        ...(example !== undefined && { body: example }),
      };
      const filled = parameters.reduce(
        (call, { in: place, name, required, example: shown, schema }) =>
          required ? withParameter(call, place, name, textOf(shown ?? schema.enum?.[0])) : call,
        base,
      );
      const ofParameters = parameters
        // No header field can hold a line break, and fetch sends none.
        .filter(({ in: place }) => place !== 'header')
        .map(({ in: place, name }): Place => ({
          name: `${method} ${template} ${place} ${name}`,
          put: (text) =>
            withParameter(place === 'path' ? unfilled(filled, template, name) : filled, place, name, text),
        }));
      const ofBody = stringsIn(example as Json).map((path): Place => ({
        name: `${method} ${template} /${path.join('/')}`,
        put: (text) => ({ ...filled, body: withString(example, path, text) }),
      }));
      return [...ofParameters, ...ofBody];
    }),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'a';
}

function withParameter(call: Call, place: string, name: string, text: string): Call {
  if (place === 'path') return { ...call, path: call.path.replace(`{${name}}`, encodeURIComponent(text)) };
  const key = place === 'query' ? 'query' : 'headers';
  return { ...call, [key]: { ...call[key], [name]: text } };
}

/** The call with one parameter of its path free again. */
function unfilled(call: Call, template: string, name: string): Call {
  const segments = call.path.split('/');
  const free = template
    .split('/')
    .map((segment, index) => (segment === `{${name}}` ? segment : segments[index]!));
  return { ...call, path: free.join('/') };
}

function stringsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => stringsIn(member, [...path, name]));
}

function withString(value: unknown, [name, ...rest]: readonly string[], text: string): unknown {
  if (name === undefined) return text;
  if (Array.isArray(value))
    return value.map((entry: unknown, index) =>
      String(index) === name ? withString(entry, rest, text) : entry,
    );
  const members = value as Record<string, unknown>;
  return { ...members, [name]: withString(members[name], rest, text) };
}

async function openTestBank(): Promise<Target> {
  const bank: Bank = await startBank({ yaml: 'rateLimit: { requests: 100000 }' });
  const envelopes: string[] = [];
  const { answer } = bank;
  bank.answer = (call, response) => {
    envelopes.push(call.envelope);
    return answer(call, response);
  };
  return {
    url: bank.url,
    facade: bank.facade,
    token: await bank.token(),
    envelopes,
    close: () => bank.close(),
  };
}

/** A proxy before its mock keeps what it is sent. */
async function openExample(): Promise<Target> {
  const envelopes: string[] = [];
  let proxy: Server | undefined;
  const bank: OpenBank = await openBank(async (mockUrl) => {
    proxy = createServer((request, response) => {
      void (async () => {
        const body = await buffer(request);
        envelopes.push(body.toString());
        const { 'content-type': type = '', soapaction = '' } = request.headers;
        const answer = await fetch(mockUrl + (request.url ?? ''), {
          method: 'POST',
          headers: { 'Content-Type': type, SOAPAction: String(soapaction) },
          body,
        });
        response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
        response.end(Buffer.from(await answer.arrayBuffer()));
      })();
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  return {
    url: bank.url,
    facade: bank.facade,
    token: await bank.tokenFor('anna'),
    envelopes,
    async close() {
      await bank.close();
      proxy?.closeAllConnections();
      proxy?.close();
    },
  };
}
