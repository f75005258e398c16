import assert from 'node:assert/strict';
import { DecodeError, type Attachment, type JsonValue, type OperationCodec } from '../../../../wsdl/index.ts';
import { arrayType, compileEncoded, decodeBody, structType } from './encoded-service.ts';

const SCHEMA =
  structType(
    'Image',
    '<xs:element name="name" type="xs:string"/><xs:element name="data" type="xs:base64Binary"/>',
  ) + arrayType('Pages', 'xs:base64Binary[]');
const PARTS =
  '<part name="image" type="t:Image"/><part name="pages" type="t:Pages"/><part name="any" type="xs:anyType"/>';
const INCLUDE = (url: string): string =>
  `<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="${url}"/>`;

const part = (contentId: string, text: string): Attachment => ({ contentId, content: Buffer.from(text) });
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('attachments of a Body in SOAP encoding', () => {
  let codec: OperationCodec;
  before(async () => {
    ({ codec } = await compileEncoded({ schema: SCHEMA, parts: PARTS }));
  });

  const decode = (content: string, attachments: readonly Attachment[], beside = ''): unknown =>
    decodeBody(codec, `<t:RunResponse>${content}</t:RunResponse>${beside}`, { attachments });

  it('stand where xop:Include refers to them', () => {
    assert.deepEqual(
      decode(
        `<image><name>a</name><data xsi:type="xs:base64Binary">\n ${INCLUDE('cid:1@x')}</data></image><pages><i>${INCLUDE('cid:2%40x')}</i><i>AAAA</i></pages><any xsi:nil="1"/>`,
        [part('1@x', 'one'), part('2@x', 'two')],
      ),
      { image: { name: 'a', data: base64('one') }, pages: [base64('two'), 'AAAA'], any: null },
    );
  });

  it('stand where an accessor, or what it refers to, has them as its href', () => {
    assert.deepEqual(
      decode(
        '<image><name>a</name><data href="#d"/></image><pages soapenc:arrayType="xs:base64Binary[1]"><i href="CID:2@x"/></pages><any xsi:nil="1"/>',
        [part('1@x', 'one'), part('2@x', 'two')],
        '<multiRef id="d" soapenc:root="0" href="cid:1@x"/>',
      ),
      { image: { name: 'a', data: base64('one') }, pages: [base64('two')], any: null },
    );
  });

  it('stand in raw XML too', () => {
    const raw = decode(
      '<image xsi:nil="1"/><pages xsi:nil="1"/><any><o:file xmlns:o="urn:o" href="cid:1@x"/></any>',
      [part('1@x', 'one')],
    ) as { any: { '@mixed': string } };
    assert.match(raw.any['@mixed'], new RegExp(`>${base64('one')}</o:file>$`));
  });

  it('that may still come are left to be filled in', () => {
    assert.deepEqual(
      decodeBody(
        codec,
        '<t:RunResponse><image><name>a</name><data href="cid:1@x"/></image><pages/><any xsi:nil="1"/></t:RunResponse>',
        { defersAttachments: true },
      ),
      { image: { name: 'a', data: { '@attachment': '1@x' } }, pages: [], any: null },
    );
  });

  it('are refused where they are missing, used twice, or no binary content is wanted', () => {
    const refusal = (content: string, ...attachments: Attachment[]): string => {
      try {
        decode(`${content}<any xsi:nil="1"/>`, attachments);
      } catch (error) {
        assert.ok(error instanceof DecodeError, String((error as Error).stack));
        return `${error.code} ${error.path}`;
      }
      return assert.fail('the message was taken');
    };
    const wrapper = '/Envelope/Body/RunResponse';
    const image = (data: string): string => `<image><name>a</name>${data}</image><pages/>`;
    assert.match(
      refusal(image('<data href="cid:9"/>')),
      new RegExp(`^missing-attachment ${wrapper}/image/data`),
    );
    assert.match(
      refusal('<image xsi:nil="1"/><pages><i href="cid:1"/><i href="cid:1"/></pages>', part('1', 'x')),
      /^duplicate-attachment /,
    );
    assert.match(
      refusal('<image><name href="cid:1"/><data/></image><pages/>', part('1', 'x')),
      new RegExp(`^invalid-value ${wrapper}/image/name`),
    );
    assert.match(refusal('<image href="cid:1"/><pages/>', part('1', 'x')), /^invalid-value /);
  });

  it('are written as xop:Include, and read again', () => {
    const value: JsonValue = { image: { name: 'a', data: base64('one') }, pages: [base64('two')], any: null };
    const { envelope, attachments, packaging } = codec.output!.encodePackage(value, { leastOctets: 1 });
    assert.equal(packaging, 'xop');
    const decoded = codec.output!.decode(envelope, { attachments: attachments as Attachment[] });
    assert.ok(decoded.kind === 'message');
    assert.deepEqual(JSON.parse(Buffer.from(decoded.json).toString()), value);
  });
});
