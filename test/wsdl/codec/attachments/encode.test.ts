import assert from 'node:assert/strict';
import { compileCodec } from '../../../../wsdl/codec/compile-codec.ts';
import { StreamedBinary } from '../../../../wsdl/codec/attachments/streamed-binary.ts';
import { ValueError, type Attachment, type EncodedPackage, type JsonValue } from '../../../../wsdl/index.ts';
import { archive, base64, decode, inputOf, xmlOf } from './archive.ts';

function contents({ attachments }: EncodedPackage): string[] {
  return attachments.map(({ content }) => Buffer.from(content as Uint8Array).toString());
}

describe('encoding with MTOM', () => {
  const value = { name: 'a', content: base64('12345678'), page: [base64('123'), base64('1234')] };

  it('takes content of the size given out of the envelope, and no smaller one', async () => {
    const encoded = (await inputOf('Store')).encodePackage(value, { leastOctets: 4 });
    assert.equal(encoded.packaging, 'xop');
    assert.deepEqual(contents(encoded), ['12345678', '1234']);
    const [first, second] = encoded.attachments.map(({ contentId }) => contentId!);
    const include = (id: string): string =>
      `<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:${id}"/>`;
    const xml = xmlOf(encoded);
    assert.ok(xml.includes(`<tns:Content>${include(first!)}</tns:Content>`), xml);
    assert.ok(xml.includes(`<tns:Page>MTIz</tns:Page><tns:Page>${include(second!)}</tns:Page>`), xml);
  });

  it('leaves everything in the envelope unless asked', async () => {
    const codec = await inputOf('Store');
    const encoded = codec.encodePackage(value);
    assert.equal(encoded.packaging, undefined);
    assert.deepEqual(encoded.attachments, []);
    assert.deepEqual(encoded.envelope, codec.encode(value));
    assert.match(xmlOf(encoded), /<tns:Content>MTIzNDU2Nzg=</);
  });

  it('takes out content beside attributes, but neither nil nor hexadecimal', async () => {
    const encoded = (await inputOf('Store')).encodePackage(
      {
        name: 'a',
        content: null,
        typed: { contentType: 'text/plain', value: base64('typed') },
        hash: base64('hash'),
      },
      { leastOctets: 0 },
    );
    assert.deepEqual(contents(encoded), ['typed']);
  });

  it('keeps the content of one message out of the next, and of a fault', async () => {
    const codec = await inputOf('Store');
    assert.equal(codec.encodePackage(value, { leastOctets: 0 }).attachments.length, 3);
    assert.throws(() => codec.encodePackage({ ...value, name: 5 }, { leastOctets: 0 }), ValueError);
    assert.equal(
      codec.encodePackage({ name: 'a', content: base64('x') }, { leastOctets: 0 }).attachments.length,
      1,
    );
  });

  it('is read back as it was', async () => {
    const codec = await inputOf('Store');
    const { envelope, attachments } = codec.encodePackage(value, { leastOctets: 0 });
    assert.deepEqual(decode(codec, envelope, { attachments: attachments as Attachment[] }), value);
  });

  it('checks content before it is taken out', async () => {
    const codec = await inputOf('Store');
    const faulty = { name: 'a', content: 'no base64!', short: base64('four') };
    assert.throws(
      () => codec.encodePackage(faulty, { leastOctets: 0 }),
      (error) =>
        error instanceof ValueError &&
        error.faults.map(({ pointer, code }) => `${pointer} ${code}`).join() ===
          '/content lexical,/short length',
    );
  });

  it('takes a stream where content is not in memory', async () => {
    async function* content(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('stream'));
    }
    const stream = content();
    const streamed = new StreamedBinary(stream, 'image/png') as unknown as JsonValue;
    const { attachments, packaging } = (await inputOf('Store')).encodePackage({
      name: 'a',
      content: streamed,
    });
    assert.equal(packaging, 'xop');
    assert.equal(attachments[0]?.content, stream);
    assert.equal(attachments[0].mediaType, 'image/png');
  });

  it('takes no JSON for a stream', async () => {
    const codec = await inputOf('Store');
    const forged = { content: {}, mediaType: 'image/png', '@attachment': '1' };
    assert.throws(() => codec.encodePackage({ name: 'a', content: forged }), ValueError);
  });
});

describe('encoding SOAP with Attachments', () => {
  it('refers to the content of a swaRef', async () => {
    const codec = await inputOf('Refer');
    const value = { file: base64('one'), thumbnail: base64('two') };
    const { envelope, attachments, packaging } = codec.encodePackage(value);
    assert.equal(packaging, 'swa');
    assert.match(
      Buffer.from(envelope).toString(),
      /thumbnail="cid:[^"]+@portico"><tns:File>cid:[^<]+@portico<\/tns:File>/,
    );
    assert.deepEqual(decode(codec, envelope, { attachments: attachments as Attachment[] }), value);
  });

  it('names the message part in the Content-ID, with its media type where there is one', async () => {
    const codec = compileCodec(await archive(), { operation: 'Call' }).input;
    const value = { id: '7', idFile: base64('pdf') };
    const { envelope, attachments } = codec.encodePackage(value);
    assert.match(attachments[0]!.contentId!, /^id-file=.+@portico$/);
    assert.equal(attachments[0]!.mediaType, 'application/pdf');
    assert.deepEqual(decode(codec, envelope, { attachments: attachments as Attachment[] }), value);
  });

  it('requires each message part, as base64', async () => {
    const codec = await inputOf('Send');
    assert.throws(
      () => codec.encodePackage({ receipt: { id: '7' }, notes: 5, other: 1 }),
      (error) =>
        error instanceof ValueError &&
        error.faults.map(({ pointer, code }) => `${pointer} ${code}`).join() ===
          '/other unknown-member,/scan required,/notes type',
    );
  });
});
