import assert from 'node:assert/strict';
import { createClientAsync, type Client } from 'soap';
import { createMockServer, type MockServer } from '../../mocks/index.ts';
import {
  compileCodec,
  defaultLimits,
  parseMediaType,
  readPackage,
  writePackage,
  type Contract,
  type JsonValue,
} from '../../wsdl/index.ts';
import { archiveFile, remove } from './archive-files.ts';
import { archive, base64 } from '../wsdl/codec/attachments/archive.ts';

interface ArchiveClient {
  StoreAsync(input: object, options: object): Promise<unknown>;
}

describe('a mock of a service with attachments', () => {
  let contract: Contract;
  let mock: MockServer;
  let received: JsonValue;
  before(async () => {
    contract = await archive();
    mock = await createMockServer({
      wsdl: contract,
      handlers: {
        Store: ({ input }) => {
          received = input;
          return { output: input };
        },
      },
    });
  });
  after(() => mock.close());

  async function send(
    operation: string,
    value: JsonValue,
    leastOctets?: number,
  ): Promise<[type: string, json: JsonValue]> {
    const codec = compileCodec(contract, { operation });
    const encoded = codec.input.encodePackage(value, leastOctets === undefined ? {} : { leastOctets });
    const packaging = encoded.packaging ?? 'swa';
    const { contentType, body } = writePackage({ soapVersion: '1.1', ...encoded, packaging });
    const response = await fetch(mock.endpointOf('Archive', 'Archive'), {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: body as Uint8Array<ArrayBuffer>,
    });
    const type = parseMediaType(response.headers.get('content-type') ?? '');
    const { envelope, attachments } = await readPackage(response.body!, type, defaultLimits);
    const decoded = codec.output!.decode(envelope, { attachments });
    assert.ok(decoded.kind === 'message');
    return [type.parameters.get('type') ?? '', JSON.parse(Buffer.from(decoded.json).toString()) as JsonValue];
  }

  it('reads MTOM and answers with MTOM', async () => {
    const value = { name: 'a', content: base64('content'), page: [base64('page')] };
    const [type, json] = await send('Store', value, 0);
    assert.equal(type, 'application/xop+xml');
    assert.deepEqual(json, value);
    assert.deepEqual(received, value);
  });

  it('reads attachments and answers with those that the contract has', async () => {
    const [type, json] = await send('Send', { receipt: { id: '7' }, scan: base64('s'), notes: base64('n') });
    assert.equal(type, 'text/xml');
    assert.deepEqual(Object.keys(json as object), ['receipt', 'scan', 'notes']);
    const [, reference] = await send('Refer', { file: base64('f') });
    assert.match(JSON.stringify(reference), /"file":"[A-Za-z0-9+/=]+"/);
  });

  it('refuses a broken package with a fault', async () => {
    const response = await fetch(mock.endpointOf('Archive', 'Archive'), {
      method: 'POST',
      headers: { 'content-type': 'multipart/related; boundary=b' },
      body: '--b\r\nContent-Type: text/xml\r\n\r\n<a/>',
    });
    assert.equal(response.status, 500);
    assert.match(await response.text(), /Client<\/faultcode>.*ends before its closing boundary/s);
  });

  it('understands the MTOM of node-soap, and is understood', async () => {
    const served = await createMockServer({
      wsdl: archiveFile(),
      handlers: { Store: ({ input }) => ({ output: input }) },
    });
    try {
      const endpoint = served.endpointOf('Archive', 'Archive');
      const client: Client = await createClientAsync(
        archiveFile(),
        { parseReponseAttachments: true },
        endpoint,
      );
      const include = {
        'xop:Include': {
          attributes: { 'xmlns:xop': 'http://www.w3.org/2004/08/xop/include', href: 'cid:file@soap' },
        },
      };
      const attachments = [
        {
          mimetype: 'application/pdf',
          contentId: 'file@soap',
          name: 'file',
          body: Buffer.from('from node-soap'),
        },
      ];
      await (client as unknown as ArchiveClient).StoreAsync(
        { Name: 'a', Content: include },
        { forceMTOM: true, attachments },
      );
      const parts = client.lastResponseAttachments.parts;
      assert.deepEqual(
        parts.map(({ body }) => Buffer.from(body).toString()),
        ['from node-soap'],
      );
    } finally {
      await served.close();
      remove();
    }
  });
});
