import assert from 'node:assert/strict';
import { defaultLimits } from '../../../wsdl/limits.ts';
import { parseMediaType } from '../../../wsdl/mime/media-type.ts';
import { readPackage } from '../../../wsdl/mime/open-package.ts';
import { writePackage, type PackageToWrite } from '../../../wsdl/mime/write-package.ts';
import { contentIdOfUrl, urlOfContentId } from '../../../wsdl/mime/content-id.ts';

const message: PackageToWrite = {
  soapVersion: '1.1',
  action: 'urn:send',
  envelope: Buffer.from('<e/>'),
  packaging: 'xop',
  attachments: [{ contentId: '1@x', mediaType: 'image/png', content: Buffer.from('\r\n--b--\r\n') }],
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

describe('writing a SOAP package', () => {
  it('is read back as it was', async () => {
    for (const packaging of ['xop', 'swa'] as const) {
      const { contentType, body } = writePackage({ ...message, packaging });
      assert.ok(body instanceof Uint8Array);
      const read = await readPackage(once(body), parseMediaType(contentType), defaultLimits);
      assert.deepEqual(read, {
        envelope: message.envelope,
        charset: 'utf-8',
        packaging,
        attachments: message.attachments,
      });
    }
  });

  it('says what it is: XOP for SOAP 1.1 and 1.2, SwA', () => {
    const parameters = (changes: Partial<PackageToWrite>): Record<string, string> => {
      const all = parseMediaType(writePackage({ ...message, ...changes }).contentType).parameters;
      return Object.fromEntries([...all].filter(([name]) => name !== 'boundary'));
    };
    const start = '<root@portico>';
    assert.deepEqual(parameters({}), { type: 'application/xop+xml', start, 'start-info': 'text/xml' });
    assert.deepEqual(parameters({ soapVersion: '1.2' }), {
      type: 'application/xop+xml',
      start,
      'start-info': 'application/soap+xml',
      action: 'urn:send',
    });
    assert.deepEqual(parameters({ packaging: 'swa' }), { type: 'text/xml', start });
  });

  it('streams an attachment that comes while it is sent', async () => {
    const content = once(Buffer.from('streamed'));
    const { contentType, body } = writePackage({ ...message, attachments: [{ contentId: 's', content }] });
    assert.ok(!(body instanceof Uint8Array));
    const read = await readPackage(body, parseMediaType(contentType), defaultLimits);
    assert.deepEqual(read.attachments, [
      { contentId: 's', mediaType: 'application/octet-stream', content: Buffer.from('streamed') },
    ]);
  });

  it('lets no value end a header line', () => {
    const attachments = [
      { contentId: 'a>\r\nX-Evil: 1', mediaType: 'a/b\r\nX-Evil: 2', content: Buffer.alloc(0) },
    ];
    const { body } = writePackage({ ...message, attachments });
    assert.doesNotMatch(Buffer.from(body as Uint8Array).toString(), /^X-Evil/m);
  });

  it('writes a Content-ID as a cid URL and reads it back, encoded or not', () => {
    assert.equal(urlOfContentId('a b/100%@x'), 'cid:a%20b%2F100%25@x');
    assert.equal(contentIdOfUrl('cid:a%20b%2F100%25@x'), 'a b/100%@x');
    assert.equal(contentIdOfUrl(' CID:a%zz@x'), 'a%zz@x');
    assert.equal(contentIdOfUrl('http://x'), undefined);
  });
});
