import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDevelopmentToken } from '../../../../facade/index.ts';
import { problemOf, startBank, type Bank } from '../../bank.ts';

const COUNT = 10;
const wsdl = `<wsdl:definitions name="List" targetNamespace="urn:list" xmlns:t="urn:list" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <wsdl:types><xs:schema targetNamespace="urn:list" elementFormDefault="qualified">
    <xs:element name="List"><xs:complexType><xs:sequence>
      <xs:element name="Owner" type="xs:string"/><xs:element name="Filter" type="xs:string" minOccurs="0"/>
      <xs:element name="Start" type="xs:int" minOccurs="0"/><xs:element name="Count" type="xs:int" minOccurs="0"/>
      <xs:element name="Token" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="8"/></xs:restriction></xs:simpleType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="ListResponse"><xs:complexType><xs:sequence>
      <xs:element name="Row" type="xs:int" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="Next" type="xs:string" minOccurs="0"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:schema></wsdl:types>
  <wsdl:message name="In"><wsdl:part name="p" element="t:List"/></wsdl:message>
  <wsdl:message name="Out"><wsdl:part name="p" element="t:ListResponse"/></wsdl:message>
  <wsdl:portType name="List"><wsdl:operation name="List"><wsdl:input message="t:In"/><wsdl:output message="t:Out"/></wsdl:operation></wsdl:portType>
  <wsdl:binding name="ListSoap" type="t:List"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="List"><soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation></wsdl:binding>
  <wsdl:service name="List"><wsdl:port name="ListPort" binding="t:ListSoap"><soap:address location="http://127.0.0.1:9/list"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;

const tokens = `{ operation: List, method: GET, path: /v1/tokens, operationId: tokens, input: { owner: token.sub, token: query.cursor, filter: query.filter }, paging: { cursor: token, next: next, limit: count } }`;
const offsets = `{ operation: List, method: GET, path: /v1/offsets, operationId: offsets, input: { owner: token.sub, start: query.after, filter: query.filter }, paging: { offset: start, limit: count, defaultLimit: 4, entries: row } }`;

/** Relations to absolute addresses (RFC 8288). */
function linksOf(response: Response): Record<string, string> {
  const links = (response.headers.get('link') ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g);
  return Object.fromEntries(
    [...links].map(([, url = '', rel = '']): [string, string] => [rel, new URL(url, response.url).href]),
  );
}

describe('lists that come page by page', () => {
  let bank: Bank;
  before(async () => {
    bank = await startList(`[ ${tokens}, ${offsets} ]`);
    const valueOf = (envelope: string, name: string): string | undefined =>
      new RegExp(`:${name}>([^<]*)<`).exec(envelope)?.[1];
    // The same list by both ways; what it calls a page is "t" and the number of its first entry.
    bank.answer = ({ envelope }) => {
      const token = valueOf(envelope, 'Token');
      const start = token === undefined ? Number(valueOf(envelope, 'Start') ?? 0) : Number(token.slice(1));
      const count = Number(valueOf(envelope, 'Count') ?? 3);
      const end = Math.min(COUNT, start + count);
      const rows = Array.from(
        { length: Math.max(0, end - start) },
        (_, index) => `<Row>${start + index}</Row>`,
      );
      const next = end < COUNT ? `<Next>t${end}</Next>` : '';
      return {
        body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><ListResponse xmlns="urn:list">${rows.join('')}${next}</ListResponse></s:Body></s:Envelope>`,
      };
    };
  });
  after(() => bank.close());

  function startList(routes: string, yaml = '', secret = 's3cret'.repeat(6)): Promise<Bank> {
    return startBank({
      yaml,
      prepare: (folder) => {
        writeFileSync(join(folder, 'list.wsdl'), wsdl);
        writeFileSync(join(folder, 'cursor.secret'), `${secret}\n`);
      },
      services: (coreUrl) => `list:\n    wsdl: list.wsdl\n    endpoint: ${coreUrl}\n    routes: ${routes}`,
    });
  }
  const open = async (url: string, subject = 'anna'): Promise<Response> => {
    const token = await createDevelopmentToken({ configDir: bank.folder, subject, scopes: [] });
    return bank.call(url.replace(bank.url, ''), { headers: { Authorization: `Bearer ${token}` } });
  };
  async function walk(url: string, relation: string): Promise<number[][]> {
    const pages: number[][] = [];
    for (let next: string | undefined = url; next !== undefined;) {
      const response = await open(next);
      assert.equal(response.status, 200);
      pages.push(((await response.json()) as { row?: number[] }).row ?? []);
      next = linksOf(response)[relation];
    }
    return pages;
  }

  it('are walked by the links of their answers, by tokens or by offsets', async () => {
    assert.deepEqual(await walk('/v1/tokens', 'next'), [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]]);
    assert.deepEqual(await walk('/v1/tokens?count=6', 'next'), [
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8, 9],
    ]);
    assert.deepEqual(await walk('/v1/offsets', 'next'), [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    assert.deepEqual(await walk('/v1/offsets?count=5', 'next'), [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], []]);
  });

  it('are walked back where they are counted, and lead to their beginning always', async () => {
    const second = linksOf(await open('/v1/offsets?count=3'))['next']!;
    const third = linksOf(await open(second))['next']!;
    assert.deepEqual(await walk(third, 'prev'), [
      [6, 7, 8],
      [3, 4, 5],
      [0, 1, 2],
    ]);
    const links = linksOf(await open(third));
    assert.equal(links.first, `${bank.url}/v1/offsets?count=3`);
    assert.deepEqual(Object.keys(linksOf(await open('/v1/tokens'))), ['first', 'next']);
  });

  it('keep the other parameters in their links, encoded so that nothing ends the link', async () => {
    const response = await open(
      `/v1/tokens?filter=${encodeURIComponent('a>b"; rel="next", <http://evil.example/?x=ä&\'')}&count=2`,
    );
    const { next = '' } = linksOf(response);
    assert.equal(new URL(next).searchParams.get('filter'), 'a>b"; rel="next", <http://evil.example/?x=ä&\'');
    assert.equal(new URL(next).searchParams.get('count'), '2');
    assert.equal((response.headers.get('link') ?? '').split(', ').length, 2);
    assert.equal((await open(next)).status, 200);
  });

  it('take a cursor from the same list of the same caller alone, whatever the size of the page', async () => {
    const { next = '' } = linksOf(await open('/v1/tokens?filter=a'));
    const cursor = new URL(next).searchParams.get('cursor')!;
    bank.calls.length = 0;
    for (const [url, subject] of [
      [next, 'ben'],
      [next.replace('filter=a', 'filter=b'), undefined],
      [next.replace('filter=a&', ''), undefined],
      [next.replace('/v1/tokens', '/v1/offsets').replace('cursor=', 'after='), undefined],
      ['/v1/tokens?filter=a&cursor=t3', undefined],
      ['/v1/tokens?filter=a&cursor=', undefined],
      [`/v1/tokens?filter=a&cursor=${cursor}A`, undefined],
      [`/v1/tokens?filter=a&cursor=${cursor.slice(0, -4)}`, undefined],
      [`/v1/tokens?filter=a&cursor=${cursor}&cursor=${cursor}`, undefined],
      ['/v1/offsets?after=4', undefined],
      ['/v1/offsets?after=-1', undefined],
    ] as const) {
      const problem = await problemOf(await open(url, subject));
      assert.deepEqual([problem.status, problem.code], [400, 'invalid-input'], url);
      const [fault] = problem.errors ?? [];
      assert.ok(fault?.in === 'query' && ['cursor', 'after'].includes(fault.parameter ?? ''), url);
    }
    assert.equal(bank.calls.length, 0);
    assert.equal((await open(`${next}&count=1`)).status, 200);
  });

  it('do not show what the service calls a page, and are described', async () => {
    const link = (await open('/v1/tokens')).headers.get('link') ?? '';
    assert.doesNotMatch(link, /t3/);
    const operation = bank.facade.openApi.paths['/v1/offsets']?.get;
    const after = operation?.parameters?.find(
      (parameter) => 'name' in parameter && parameter.name === 'after',
    );
    assert.deepEqual(after && 'schema' in after && after.schema.type, 'string');
    const success = operation?.responses['200'];
    assert.ok(success && 'headers' in success && success.headers.Link);
  });

  it('keep their cursors good in all processes that know the secret, from a file or a variable alone', async () => {
    const yaml = 'server: { cursorSecret: { file: cursor.secret } }';
    const others = await Promise.all([startList(`[ ${tokens} ]`, yaml), startList(`[ ${tokens} ]`, yaml)]);
    await Promise.all(others.map((other) => other.close()));
    await assert.rejects(
      startList(`[ ${tokens} ]`, 'server: { cursorSecret: s3cret }'),
      /must not stand in this file/,
    );
    await assert.rejects(
      startList(`[ ${tokens} ]`, 'server: { cursorSecret: { file: nowhere } }'),
      /cursorSecret.*cannot be read/,
    );
    for (const [secret, isGood] of [
      ['', false],
      ['12345', false],
      ['x'.repeat(31), false],
      ['x'.repeat(32), true],
    ] as const) {
      const start = startList(`[ ${tokens} ]`, yaml, secret);
      if (isGood) await (await start).close();
      else await assert.rejects(start, /server\.cursorSecret: is too short/);
    }
  });

  for (const [what, paging, message] of [
    ['no way to go on', '{ limit: count }', /Exactly one of "cursor" and "offset"/],
    ['both ways', '{ cursor: token, next: next, offset: start }', /Exactly one of/],
    ['a cursor without the next one', '{ cursor: token }', /"cursor" needs "next"/],
    ['an offset without entries', '{ offset: start, limit: count }', /"offset" needs "limit"/],
    ['a member that there is not', '{ cursor: tokem, next: next }', /did you mean "token"/i],
    ['an output that there is not', '{ cursor: token, next: nexd }', /did you mean "next"/i],
    ['a member that no parameter has', '{ cursor: owner, next: next }', /must be bound to a query parameter/],
  ] as const)
    it(`are not mapped with ${what}`, async () => {
      const route = `{ operation: List, method: GET, path: /v1/x, input: { owner: token.sub }, paging: ${paging} }`;
      await assert.rejects(startList(`[ ${route} ]`), message);
    });

  it('are not kept, nor read by other methods', async () => {
    const cached = tokens.replace('paging:', 'cache: { ttlSeconds: 5 }, paging:');
    await assert.rejects(startList(`[ ${cached} ]`), /remove "cache"/);
    await assert.rejects(startList(`[ ${tokens.replace('GET', 'POST')} ]`), /Only answers to GET/);
  });
});
