import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startBank, type Bank } from './bank.ts';

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

export const START =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><ListRowsResponse xmlns="urn:rows">';
export const END = '</ListRowsResponse></s:Body></s:Envelope>';

export function rows(from: number, count: number): string {
  const row = (id: number): string => `<Row><Id>${id}</Id><Text>${'x'.repeat(100)}</Text></Row>`;
  return Array.from({ length: count }, (_, index) => row(from + index)).join('');
}

/** A service that lists rows, at its own pace, with a facade before it: `/v1/rows`, and `/v1/kept`, which is cached. */
export interface RowsCore {
  /** How it answers from now on. */
  answer: (response: ServerResponse) => void;
  /** A facade, to be closed before the core. */
  start(yaml?: string): Promise<Bank>;
  close(): void;
}

export async function startRowsCore(): Promise<RowsCore> {
  const core = createServer((request, response) => {
    request.resume().once('end', () => {
      rowsCore.answer(response.setHeader('Content-Type', 'text/xml'));
    });
  }).listen(0, '127.0.0.1');
  await once(core, 'listening');
  const endpoint = `http://127.0.0.1:${(core.address() as AddressInfo).port}/rows`;
  const route = (path: string, more = ''): string =>
    `{ operation: ListRows, method: GET, path: ${path}${more} }`;
  const rowsCore: RowsCore = {
    answer: (response) => response.end(START + rows(0, 1) + END),
    start: (yaml) =>
      startBank({
        prepare: (folder) => {
          writeFileSync(join(folder, 'rows.wsdl'), rowsWsdl);
        },
        ...(yaml !== undefined && { yaml }),
        services: `rows:\n    wsdl: rows.wsdl\n    endpoint: ${endpoint}\n    routes: [ ${route('/v1/rows')}, ${route('/v1/kept', ', operationId: kept, cache: { ttlSeconds: 60 }')} ]`,
      }),
    close() {
      core.closeAllConnections();
      core.close();
    },
  };
  return rowsCore;
}
