import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { envelope } from '../bank-wsdl.ts';
import { problemOf, startBank, type Bank } from '../bank.ts';

const rowsWsdl = `<wsdl:definitions name="Rows" targetNamespace="urn:rows" xmlns:t="urn:rows" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <wsdl:types><xs:schema targetNamespace="urn:rows" elementFormDefault="qualified">
    <xs:element name="ListRows"><xs:complexType><xs:sequence/></xs:complexType></xs:element>
    <xs:element name="ListRowsResponse"><xs:complexType><xs:sequence>
      <xs:element name="Row" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="Id" type="xs:int"/><xs:element name="Text" type="xs:string"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  </xs:schema></wsdl:types>
  <wsdl:message name="In"><wsdl:part name="p" element="t:ListRows"/></wsdl:message>
  <wsdl:message name="Out"><wsdl:part name="p" element="t:ListRowsResponse"/></wsdl:message>
  <wsdl:portType name="Rows"><wsdl:operation name="ListRows"><wsdl:input message="t:In"/><wsdl:output message="t:Out"/></wsdl:operation></wsdl:portType>
  <wsdl:binding name="RowsSoap" type="t:Rows"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="ListRows"><soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation></wsdl:binding>
  <wsdl:service name="Rows"><wsdl:port name="RowsPort" binding="t:RowsSoap"><soap:address location="http://127.0.0.1:9/rows"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;

const START =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><ListRowsResponse xmlns="urn:rows">';
const END = '</ListRowsResponse></s:Body></s:Envelope>';

/** More than the limit of an answer: nobody takes all of it. */
const ENDLESS_BYTES = 60 * 1024 * 1024;
/** What the system keeps for two connections, and Portico between them. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;

function rows(from: number, count: number): string {
  const row = (id: number): string => `<Row><Id>${id}</Id><Text>${'x'.repeat(100)}</Text></Row>`;
  return Array.from({ length: count }, (_, index) => row(from + index)).join('');
}

describe('large answers', () => {
  let bank: Bank;
  let core: Server;
  let answer: (response: ServerResponse) => void;

  before(async () => {
    core = createServer((request, response) => {
      request.resume().once('end', () => {
        answer(response.setHeader('Content-Type', 'text/xml'));
      });
    }).listen(0, '127.0.0.1');
    await once(core, 'listening');
    bank = await startRows();
  });
  after(async () => {
    await bank.close();
    core.closeAllConnections();
    core.close();
  });

  it('leave before their last byte has come', async () => {
    const begun = Promise.withResolvers<undefined>();
    answer = (response) => {
      response.write(START + rows(0, 2000));
      void begun.promise.then(() => response.end(rows(2000, 1000) + END));
    };
    const response = await bank.call('/v1/rows');
    assert.equal(response.headers.get('content-length'), null);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    begun.resolve(undefined);
    const { row } = (await response.json()) as { row: { id: number }[] };
    assert.deepEqual([row.length, row[0]?.id, row.at(-1)?.id], [3000, 0, 2999]);
  });

  it('are whole, with their length, where they are small', async () => {
    answer = (response) => response.end(START + rows(0, 100) + END);
    const response = await bank.call('/v1/rows');
    const body = await response.text();
    assert.equal(response.headers.get('content-length'), String(body.length));
  });

  it('are whole, too, where they are kept', async () => {
    answer = (response) => response.end(START + rows(0, 3000) + END);
    const response = await bank.call('/v1/kept');
    const body = await response.text();
    assert.equal(response.headers.get('content-length'), String(body.length));
    assert.ok(response.headers.get('etag'));
  });

  it('are broken off for everybody to see where the rest breaks the contract', async () => {
    answer = (response) => response.end(`${START}${rows(0, 3000)}<Row><Id>hunter2</Id></Row>${END}`);
    bank.log.length = 0;
    const raw = await rawAnswer('/v1/rows');
    assert.match(raw, /^HTTP\/1\.1 200 /);
    assert.match(raw, /transfer-encoding: chunked/i);
    assert.doesNotMatch(raw, /\r\n0\r\n\r\n$/, 'there is no last chunk');
    const [error, line] = bank.log.map((one) => JSON.parse(one) as Record<string, unknown>);
    assert.deepEqual(error?.err, {
      type: 'DecodeError',
      code: 'invalid-value',
      path: '/Envelope/Body/ListRowsResponse/Row/Id',
    });
    assert.deepEqual([line?.status, line?.code], [502, 'invalid-upstream-response']);
    assert.doesNotMatch(bank.log.join(''), /hunter2/);
  });

  it('are broken off where the service is, and fetch says so', async () => {
    answer = (response) => response.write(START + rows(0, 3000), () => response.destroy());
    const response = await bank.call('/v1/rows');
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
  });

  it('are a problem as ever where they go wrong before anything has left, or are a fault', async () => {
    answer = (response) => response.end(`${START}<Nonsense/>${rows(0, 3000)}${END}`);
    assert.equal((await problemOf(await bank.call('/v1/rows'))).code, 'invalid-upstream-response');
    const fault = `<s:Fault><faultcode>s:Server</faultcode><faultstring>${'x'.repeat(200_000)}</faultstring></s:Fault>`;
    answer = (response) => response.writeHead(500).end(envelope(fault));
    assert.equal((await problemOf(await bank.call('/v1/rows'))).code, 'soap-server-fault');
    answer = (response) => response.writeHead(500).end(START + rows(0, 3000) + END);
    assert.equal((await problemOf(await bank.call('/v1/rows'))).code, 'invalid-upstream-response');
  });

  it('end the call to the service when their client goes', async () => {
    const gone = Promise.withResolvers<undefined>();
    answer = (response) => {
      response.write(START + rows(0, 3000));
      response.once('close', () => {
        gone.resolve(undefined);
      });
    };
    const response = await bank.call('/v1/rows');
    await response.body?.cancel();
    await gone.promise;
  });

  it('make the service wait for a client that does not read, and send it away in the end', async () => {
    const impatient = await startRows('server: { port: 0, requestTimeoutSeconds: 2 }\n');
    const closed = Promise.withResolvers<undefined>();
    let written = 0;
    answer = (response) => {
      const chunk = rows(0, 1000);
      const more = (): void => {
        do written += chunk.length;
        while (response.write(chunk) && written < ENDLESS_BYTES);
      };
      response
        .on('drain', more)
        .on('close', () => {
          closed.resolve(undefined);
        })
        .write(START, more);
    };
    const client = connect(Number(new URL(impatient.url).port), '127.0.0.1').pause();
    client.on('error', () => undefined);
    const authorization = `Authorization: Bearer ${await impatient.token()}`;
    client.write(`GET /v1/rows HTTP/1.1\r\nHost: test\r\n${authorization}\r\n\r\n`);
    await closed.promise;
    client.destroy();
    await impatient.close();
    assert.ok(written < MOST_WAITING_BYTES, `${written} bytes were taken from the service`);
    const line = JSON.parse(impatient.log.at(-1)!) as Record<string, unknown>;
    assert.deepEqual([line.status, line.code], [499, undefined]);
  });

  it('have no body for HEAD', async () => {
    answer = (response) => response.end(START + rows(0, 3000) + END);
    const response = await bank.call('/v1/rows', { method: 'HEAD' });
    assert.deepEqual([response.status, await response.text()], [200, '']);
  });

  function startRows(yaml?: string): Promise<Bank> {
    const endpoint = `http://127.0.0.1:${(core.address() as AddressInfo).port}/rows`;
    const route = (path: string, more = ''): string =>
      `{ operation: ListRows, method: GET, path: ${path}${more} }`;
    return startBank({
      prepare: (folder) => {
        writeFileSync(join(folder, 'rows.wsdl'), rowsWsdl);
      },
      ...(yaml !== undefined && { yaml }),
      services: `rows:\n    wsdl: rows.wsdl\n    endpoint: ${endpoint}\n    routes: [ ${route('/v1/rows')}, ${route('/v1/kept', ', operationId: kept, cache: { ttlSeconds: 60 }')} ]`,
    });
  }

  async function rawAnswer(path: string): Promise<string> {
    const socket = connect(Number(new URL(bank.url).port), '127.0.0.1');
    const authorization = `Authorization: Bearer ${await bank.token()}`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: test\r\n${authorization}\r\n\r\n`);
    return text(socket);
  }
});
