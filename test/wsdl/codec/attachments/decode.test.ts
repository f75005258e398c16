import assert from 'node:assert/strict';
import { DecodeError, type Attachment, type DecodeOptions } from '../../../../wsdl/index.ts';
import { attachment, base64, decode, documentEnvelope, INCLUDE, inputOf } from './archive.ts';

const NAME = '<t:Name>a</t:Name>';

async function document(
  content: string,
  attachments: readonly Attachment[],
  options: DecodeOptions = {},
): Promise<unknown> {
  return decode(await inputOf('Store'), documentEnvelope(content), { attachments, ...options });
}

async function refuses(
  content: string,
  attachments: readonly Attachment[],
  code: string,
  path: string,
): Promise<void> {
  await assert.rejects(document(content, attachments), (error) => {
    assert.ok(error instanceof DecodeError);
    assert.equal(error.code, code);
    assert.equal(error.path, path);
    return true;
  });
}

describe('decoding xop:Include', () => {
  it('gives the content as if it stood in the envelope', async () => {
    const parts = [attachment('1@x', 'one'), attachment('a b@x', 'two'), attachment('3@x', 'three')];
    const content = `${NAME}<t:Content>\n  ${INCLUDE('cid:1@x')}\n</t:Content><t:Page>${INCLUDE('cid:a%20b@x')}</t:Page><t:Page>AAAA</t:Page>
      <t:Typed xmime:contentType="text/plain" xmlns:xmime="http://www.w3.org/2005/05/xmlmime">${INCLUDE('cid:3@x')}</t:Typed>`;
    assert.deepEqual(await document(content, parts), {
      name: 'a',
      content: base64('one'),
      page: [base64('two'), 'AAAA'],
      typed: { contentType: 'text/plain', value: base64('three') },
    });
  });

  it('takes empty content, and any bytes', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const parts = [attachment('e', ''), { contentId: 'b', content: bytes }];
    const content = `${NAME}<t:Content>${INCLUDE('cid:e')}</t:Content><t:Page>${INCLUDE('cid:b')}</t:Page>`;
    assert.deepEqual(await document(content, parts), {
      name: 'a',
      content: '',
      page: [bytes.toString('base64')],
    });
  });

  it('puts the content into raw XML too', async () => {
    const raw = `<o:any xmlns:o="urn:o">${INCLUDE('cid:1')}</o:any>`;
    const read = (await document(`${NAME}<t:Content/>${raw}`, [attachment('1', 'one')])) as {
      '@any': string;
    };
    assert.match(read['@any'], new RegExp(`>${base64('one')}</o:any>$`));
  });

  it('checks the facets of what was outside', async () => {
    const at = '/Envelope/Body/Document/Short';
    const short = `${NAME}<t:Content/><t:Short>${INCLUDE('cid:1')}</t:Short>`;
    await refuses(short, [attachment('1', 'four')], 'invalid-value', at);
    assert.deepEqual(await document(short, [attachment('1', 'abc')]), {
      name: 'a',
      content: '',
      page: [],
      short: 'YWJj',
    });
  });

  const content = '/Envelope/Body/Document/Content';
  const at = `${content}/Include`;
  const faults: [name: string, content: string, code: string, path: string][] = [
    ['a part that is not there', INCLUDE('cid:2@x'), 'missing-attachment', at],
    ['something else than a cid: URL', INCLUDE('file:///etc/passwd'), 'missing-attachment', at],
    ['a path', INCLUDE('cid:../1@x'), 'missing-attachment', at],
    ['no href', '<xop:Include/>', 'missing-attachment', at],
    ['an Include beside text', `AAAA${INCLUDE('cid:1@x')}`, 'unexpected-element', at],
    ['text behind an Include', `${INCLUDE('cid:1@x')}AAAA`, 'unexpected-text', content],
    [
      'one part twice',
      `${INCLUDE('cid:1@x')}</t:Content><t:Page>${INCLUDE('cid:1@x')}</t:Page><t:Content>`,
      'duplicate-attachment',
      '/Envelope/Body/Document/Page/Include',
    ],
    ['text in an Include', '<xop:Include href="cid:1@x">x</xop:Include>', 'unexpected-text', at],
    [
      'an element in an Include',
      '<xop:Include href="cid:1@x"><t:x/></xop:Include>',
      'unexpected-element',
      `${at}/x`,
    ],
  ];
  for (const [name, xml, code, path] of faults) {
    it(`refuses ${name}`, async () => {
      await refuses(`${NAME}<t:Content>${xml}</t:Content>`, [attachment('1@x', 'one')], code, path);
    });
  }

  it('refuses an Include where there is no binary content', async () => {
    await refuses(
      `<t:Name>${INCLUDE('cid:1')}</t:Name><t:Content/>`,
      [attachment('1', 'x')],
      'unexpected-element',
      '/Envelope/Body/Document/Name/Include',
    );
    await refuses(
      `${NAME}<t:Content/><t:Hash>${INCLUDE('cid:1')}</t:Hash>`,
      [attachment('1', 'x')],
      'unexpected-element',
      '/Envelope/Body/Document/Hash/Include',
    );
  });

  it('refuses two parts with one Content-ID, and a DTD', async () => {
    const twice = [attachment('1@x', 'one'), attachment('1@x', 'two')];
    await refuses(`${NAME}<t:Content>${INCLUDE('cid:1@x')}</t:Content>`, twice, 'duplicate-attachment', at);
    const dtd = `<!DOCTYPE x [<!ENTITY c "cid:1">]>${documentEnvelope('')}`;
    const codec = await inputOf('Store');
    assert.throws(() => decode(codec, dtd, { attachments: twice }), { code: 'dtd-forbidden' });
  });

  it('leaves a note where content is still to come', async () => {
    const content = `${NAME}<t:Content>${INCLUDE('cid:late@x')}</t:Content><t:Page>${INCLUDE('cid:1@x')}</t:Page>`;
    assert.deepEqual(await document(content, [attachment('1@x', 'one')], { defersAttachments: true }), {
      name: 'a',
      content: { '@attachment': 'late@x' },
      page: [base64('one')],
    });
  });
});

const envelope = (body: string): string =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="urn:archive"><e:Body>${body}</e:Body></e:Envelope>`;

describe('decoding SOAP with Attachments', () => {
  it('gives the content that a swaRef refers to, in elements and attributes', async () => {
    const xml = envelope('<t:Reference thumbnail="cid:2@x"><t:File> cid:1@x </t:File></t:Reference>');
    const attachments = [attachment('1@x', 'one'), attachment('2@x', 'two')];
    assert.deepEqual(decode(await inputOf('Refer'), xml, { attachments }), {
      file: base64('one'),
      thumbnail: base64('two'),
    });
  });

  it('refuses a swaRef that refers to nothing, with or without attachments', async () => {
    const codec = await inputOf('Refer');
    for (const attachments of [[], [attachment('2@x', '')]]) {
      const xml = envelope('<t:Reference><t:File>cid:1@x</t:File></t:Reference>');
      assert.throws(() => decode(codec, xml, { attachments }), {
        code: 'missing-attachment',
        path: '/Envelope/Body/Reference/File',
      });
    }
  });

  const RECEIPT = envelope('<t:Receipt><t:Id>7</t:Id></t:Receipt>');
  const both = { receipt: { id: '7' }, scan: base64('png'), notes: base64('txt') };

  it('finds message parts by the name in their Content-ID, in any order', async () => {
    const attachments = [attachment('Notes=1@x', 'txt'), attachment('scan=2@x', 'png')];
    assert.deepEqual(decode(await inputOf('Send'), RECEIPT, { attachments }), both);
  });

  it('takes message parts in order where nothing names them', async () => {
    const attachments = [attachment('a', 'png'), { content: Buffer.from('txt') }];
    assert.deepEqual(decode(await inputOf('Send'), RECEIPT, { attachments }), both);
  });

  it('finds them beside the accessors of an rpc call', async () => {
    const xml = envelope('<t:Call><id>7</id></t:Call>');
    const attachments = [attachment('id-file=1@x', 'pdf')];
    assert.deepEqual(decode(await inputOf('Call'), xml, { attachments }), { id: '7', idFile: base64('pdf') });
  });

  it('says which part is missing', async () => {
    const codec = await inputOf('Send');
    assert.throws(() => decode(codec, RECEIPT, { attachments: [attachment('scan=1', '')] }), {
      code: 'missing-attachment',
      message: /part "Notes"/,
    });
  });
});
