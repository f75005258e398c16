import assert from 'node:assert/strict';
import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { defaultLimits, openPackage, parseMediaType, writePackage } from '../../../wsdl/index.ts';
import { problemOf, startBank, type Bank } from '../bank.ts';

const VAULT = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:vault" name="Vault" targetNamespace="urn:vault">
  <types><xs:schema targetNamespace="urn:vault" elementFormDefault="qualified">
    <xs:element name="Fetch"><xs:complexType><xs:sequence><xs:element name="Id" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="FetchResponse"><xs:complexType><xs:sequence><xs:element name="Content" type="xs:base64Binary" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="Store"><xs:complexType><xs:sequence><xs:element name="Name" type="xs:string"/><xs:element name="Content" type="xs:base64Binary"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="StoreResponse"><xs:complexType><xs:sequence><xs:element name="Id" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
  </xs:schema></types>
  <message name="Fetch"><part name="p" element="t:Fetch"/></message><message name="FetchResponse"><part name="p" element="t:FetchResponse"/></message>
  <message name="Store"><part name="p" element="t:Store"/></message><message name="StoreResponse"><part name="p" element="t:StoreResponse"/></message>
  <portType name="Vault"><operation name="Fetch"><input message="t:Fetch"/><output message="t:FetchResponse"/></operation>
    <operation name="Store"><input message="t:Store"/><output message="t:StoreResponse"/></operation></portType>
  <binding name="Vault" type="t:Vault"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Fetch"><soap:operation soapAction="fetch"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>
    <operation name="Store"><soap:operation soapAction="store"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation></binding>
  <service name="Vault"><port name="Vault" binding="t:Vault"><soap:address location="http://localhost/"/></port></service>
</definitions>`;

const MEBIBYTE = 1024 * 1024;
const envelope = (body: string): string =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:vault"><e:Body>${body}</e:Body></e:Envelope>`;
const FETCHED = envelope(
  '<FetchResponse><Content><x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:c@v"/></Content></FetchResponse>',
);
const STORED = envelope('<StoreResponse><Id>7</Id></StoreResponse>');

const CHUNKS = Array.from({ length: 7 }, (_, index) => Buffer.alloc(MEBIBYTE / 16, index));

/** `count` MiB, counted into `hash`. */
async function* content(count: number, hash?: Hash, last = Buffer.alloc(0)): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count * 16; index += 1) {
    const chunk = CHUNKS[index % CHUNKS.length]!;
    hash?.update(chunk);
    yield await Promise.resolve(chunk);
  }
  if (last.length > 0) yield last;
}

async function whole(count: number): Promise<Buffer> {
  return Buffer.concat(await Readable.from(content(count)).toArray());
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

describe('binary content over REST', () => {
  let bank: Bank;
  let answer: Answer;
  const service = createServer((request, response) => void answer(request, response));

  before(async () => {
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    const endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`;
    const vault = (name: string, mtom: string): string => `${name}:
    wsdl: vault.wsdl
    endpoint: ${endpoint}
    timeoutSeconds: 60
    mtom: ${mtom}
    routes:
      - { operation: Fetch, method: GET, path: "/${name}/{id}", operationId: fetch-${name} }
      - { operation: Store, method: POST, path: "/${name}", operationId: store-${name}, input: { name: query.name } }`;
    bank = await startBank({
      yaml: 'server: { binaryBytes: 262144000, requestTimeoutSeconds: 60 }',
      services: `${vault('mtom', 'always')}\n  ${vault('plain', 'never')}`,
      prepare: (folder) => {
        writeFileSync(join(folder, 'vault.wsdl'), VAULT);
      },
    });
  });
  after(async () => {
    await bank.close();
    service.closeAllConnections();
    service.close();
  });

  const answerPackage =
    (parts: () => AsyncIterable<Uint8Array>, xml = FETCHED): Answer =>
    (_request, response) => {
      const { contentType, body } = writePackage({
        soapVersion: '1.1',
        envelope: Buffer.from(xml),
        packaging: 'xop',
        attachments: [{ contentId: 'c@v', content: parts() }],
      });
      response.writeHead(200, { 'content-type': contentType });
      Readable.from(body as AsyncIterable<Uint8Array>).pipe(response);
    };

  const octets = { accept: 'application/octet-stream' };

  it('comes as base64 in JSON unless bytes are asked for', async () => {
    answer = answerPackage(() => content(1));
    const response = await bank.call('/mtom/1');
    assert.equal(response.headers.get('content-type'), 'application/json');
    const { content: base64 } = (await response.json()) as { content: string };
    assert.deepEqual(Buffer.from(base64, 'base64'), await whole(1));
  });

  it('comes as bytes for who asks for them, from a package and from an envelope', async () => {
    answer = answerPackage(() => content(1));
    const response = await bank.call('/mtom/1', { headers: octets });
    assert.equal(response.headers.get('content-type'), 'application/octet-stream');
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), await whole(1));
    answer = (_request, inline) => {
      inline.writeHead(200, { 'content-type': 'text/xml' });
      inline.end(envelope('<FetchResponse><Content>AQID</Content></FetchResponse>'));
    };
    const small = await bank.call('/plain/1', { headers: octets });
    assert.deepEqual([...new Uint8Array(await small.arrayBuffer())], [1, 2, 3]);
  });

  it('is 204 where there is none, and 502 where the part is missing', async () => {
    answer = answerPackage(() => content(0), envelope('<FetchResponse/>'));
    assert.equal((await bank.call('/mtom/1', { headers: octets })).status, 204);
    answer = answerPackage(() => content(0), FETCHED.replace('c@v', 'other@v'));
    const problem = await problemOf(await bank.call('/mtom/1', { headers: octets }));
    assert.equal(problem.code, 'invalid-upstream-response');
  });

  it('breaks off when the package ends early', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'multipart/related; boundary=b' });
      response.end(
        `--b\r\nContent-Type: text/xml\r\n\r\n${FETCHED}\r\n--b\r\nContent-ID: <c@v>\r\n\r\n${'x'.repeat(99_999)}`,
      );
    };
    const response = await bank.call('/mtom/1', { headers: octets });
    await assert.rejects(response.arrayBuffer());
  });

  it('is sent as an attachment while it comes, or in the envelope', async () => {
    let received: Buffer | undefined;
    let type = '';
    answer = async (request, response) => {
      type = request.headers['content-type'] ?? '';
      received = Buffer.concat(await request.toArray());
      response.writeHead(200, { 'content-type': 'text/xml' }).end(STORED);
    };
    const headers = { 'content-type': 'application/octet-stream' };
    const init = { method: 'POST', headers, body: Buffer.from([1, 2, 3]) };
    assert.deepEqual(await (await bank.call('/mtom?name=n', init)).json(), { id: '7' });
    assert.match(type, /^multipart\/related; type="application\/xop\+xml"/);
    assert.ok(received?.includes(Buffer.from([13, 10, 13, 10, 1, 2, 3, 13, 10])));
    assert.deepEqual(await (await bank.call('/plain?name=n', init)).json(), { id: '7' });
    assert.equal(type, 'text/xml; charset=utf-8');
    assert.match(String(received), /<tns:Name>n<\/tns:Name><tns:Content>AQID</);
    const missing = await problemOf(await bank.call('/mtom', init));
    assert.equal(missing.status, 400);
  });

  it('of 200 MB passes through in either direction in flat memory', async function () {
    this.timeout(60_000);
    const sent = createHash('sha256');
    const got = createHash('sha256');
    const stored = createHash('sha256');
    const peak = watchMemory();
    answer = answerPackage(() => content(200, sent));
    const response = await bank.call('/mtom/1', { headers: octets });
    for await (const chunk of response.body!) got.update(chunk as Uint8Array);
    assert.equal(got.digest('hex'), sent.digest('hex'));

    const posted = createHash('sha256');
    answer = async (request, reply) => {
      const type = parseMediaType(request.headers['content-type']);
      const limits = { ...defaultLimits, maxBytes: Infinity, maxPartBytes: Infinity };
      const { rest } = await openPackage(request, type, limits, defaultLimits);
      for await (const part of rest) for await (const chunk of part.content) stored.update(chunk);
      reply.writeHead(200, { 'content-type': 'text/xml' }).end(STORED);
    };
    const body = Readable.toWeb(Readable.from(content(200, posted)));
    const init = {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'content-type': 'application/octet-stream' },
    };
    const reply = await bank.call('/mtom?name=n', init as unknown as Parameters<Bank['call']>[1]);
    assert.equal(reply.status, 200);
    assert.equal(stored.digest('hex'), posted.digest('hex'));
    const grown = peak() / MEBIBYTE;
    assert.ok(grown < 160, `memory grew by ${Math.round(grown)} MiB`);
  });

  it('above the limit is refused while it comes', async () => {
    answer = async (request, reply) => {
      await request.toArray();
      reply.end();
    };
    const body = Readable.toWeb(Readable.from(content(250, undefined, Buffer.alloc(1))));
    const init = {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'content-type': 'application/octet-stream' },
    };
    const problem = await problemOf(
      await bank.call('/mtom?name=n', init as unknown as Parameters<Bank['call']>[1]),
    );
    assert.equal(problem.status, 413);
  });
});

/** @returns how far memory grew at the most until it is asked. */
function watchMemory(): () => number {
  const memory = (): number => process.memoryUsage().rss;
  const start = memory();
  let most = start;
  const timer = setInterval(() => {
    most = Math.max(most, memory());
  }, 20);
  return () => {
    clearInterval(timer);
    return most - start;
  };
}
