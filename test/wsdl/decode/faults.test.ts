import assert from 'node:assert/strict';
import type { MessageCodec, SoapVersion } from '../../../wsdl/index.ts';
import { compileResponse, decodeFault, e, envelope, failureOf, runOf } from './decoding.ts';

function compile(soapVersion: SoapVersion = '1.1'): Promise<MessageCodec> {
  const details = `<xs:element name="Bad"><xs:complexType><xs:sequence><xs:element name="Code" type="xs:int"/></xs:sequence></xs:complexType></xs:element>`;
  return compileResponse({ ...runOf('<xs:sequence/>', details), soapVersion, faults: ['Bad'] });
}

function fault11(code: string, detail = ''): string {
  return envelope(
    `<s:Fault><faultcode>${code}</faultcode><faultstring> No &amp; no. </faultstring><faultactor>urn:actor</faultactor>${detail}</s:Fault>`,
  );
}

function fault12(content: string): string {
  return envelope(`<s:Fault>${content}</s:Fault>`, '', '1.2');
}

const ENVELOPE_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const ENVELOPE_12 = 'http://www.w3.org/2003/05/soap-envelope';

describe('a SOAP 1.1 Fault', () => {
  it('is a result, with code, reason and actor', async () => {
    assert.deepEqual(decodeFault(await compile(), fault11('s:Client')), {
      soapVersion: '1.1',
      category: 'Sender',
      code: { namespace: ENVELOPE_11, local: 'Client' },
      subcodes: [],
      reason: 'No & no.',
      actor: 'urn:actor',
    });
  });

  const categories: Readonly<Record<string, string>> = {
    's:Server': 'Receiver',
    's:Server.Database': 'Receiver',
    's:MustUnderstand': 'MustUnderstand',
    's:VersionMismatch': 'VersionMismatch',
    Client: 'Sender',
    'undeclared:Client': 'Sender',
    't:Client': 'Other',
    's:Sender': 'Other',
    '': 'Other',
  };
  for (const [code, category] of Object.entries(categories)) {
    it(`with the code "${code}" is of the category ${category}`, async () => {
      assert.equal(decodeFault(await compile(), fault11(code)).category, category);
    });
  }

  it('carries a declared detail as JSON', async () => {
    const xml = fault11('s:Server', `<detail> ${e('Bad', e('Code', '5'))} <host xmlns="urn:axis"/></detail>`);
    const { detail, undeclaredDetail } = decodeFault(await compile(), xml);
    assert.equal(detail?.name, 'Bad');
    assert.equal(Buffer.from(detail.json).toString(), '{"code":5}');
    assert.equal(undeclaredDetail, undefined);
  });

  it('carries any other detail as raw XML that stands for itself', async () => {
    const codec = await compile();
    const { detail, undeclaredDetail } = decodeFault(
      codec,
      fault11('s:Server', '<detail><t:Other a="xs:b">x</t:Other></detail>'),
    );
    assert.equal(detail, undefined);
    assert.equal(
      undeclaredDetail,
      '<t:Other xmlns:t="urn:t" xmlns:xs="http://www.w3.org/2001/XMLSchema" a="xs:b">x</t:Other>',
    );
    assert.equal(decodeFault(codec, fault11('s:Server', '<detail>text</detail>')).undeclaredDetail, 'text');
    assert.equal(decodeFault(codec, fault11('s:Server', '<detail> </detail>')).undeclaredDetail, undefined);
  });

  it('keeps a declared detail that does not fit its declaration as raw XML', async () => {
    const codec = await compile();
    for (const content of ['', e('Code', 'x'), e('Code', '5') + e('More'), `${e('Code', '5')}x`]) {
      const { detail, undeclaredDetail } = decodeFault(
        codec,
        fault11('s:Server', `<detail>${e('Bad', content)}</detail>`),
      );
      assert.equal(detail, undefined);
      assert.match(undeclaredDetail ?? '', /^<t:Bad xmlns:t="urn:t"/);
    }
  });

  it('is read with qualified children too, in any order', async () => {
    const xml = envelope(
      '<s:Fault><s:detail><t:x/></s:detail><s:faultstring>r</s:faultstring><s:faultcode>s:Client</s:faultcode></s:Fault>',
    );
    const { category, reason, undeclaredDetail } = decodeFault(await compile(), xml);
    assert.deepEqual([category, reason, undeclaredDetail], ['Sender', 'r', '<t:x xmlns:t="urn:t"/>']);
  });

  it('must be the only content of the Body, and complete', async () => {
    const codec = await compile();
    const xml = fault11('s:Client');
    assert.equal(
      failureOf(codec, xml.replace('</s:Body>', '<t:x/></s:Body>')),
      'unexpected-element /Envelope/Body/x',
    );
    assert.equal(failureOf(codec, xml.slice(0, -20)), 'cut-off /Envelope/Body');
  });

  it('writes no JSON', async () => {
    const decoder = (await compile()).createDecoder(() => assert.fail('nothing may be written'));
    for (const byte of Buffer.from(fault11('s:Client'))) decoder.write(Buffer.from([byte]));
    assert.equal(decoder.end().kind, 'fault');
  });
});

describe('a SOAP 1.2 Fault', () => {
  const REASON =
    '<s:Reason><s:Text xml:lang="de">Nein</s:Text><s:Text xml:lang="en-GB">No</s:Text></s:Reason>';

  it('has subcodes, node, role and a reason of which English is preferred', async () => {
    const xml = fault12(
      `<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>t:A</s:Value><s:Subcode><s:Value>t:B</s:Value></s:Subcode></s:Subcode></s:Code>
       ${REASON}<s:Node>urn:node</s:Node><s:Role>urn:role</s:Role><s:Detail>${e('Bad', e('Code', '5'))}</s:Detail>`,
    );
    const { detail, ...fault } = decodeFault(await compile('1.2'), xml);
    assert.deepEqual(fault, {
      soapVersion: '1.2',
      category: 'Sender',
      code: { namespace: ENVELOPE_12, local: 'Sender' },
      subcodes: [
        { namespace: 'urn:t', local: 'A' },
        { namespace: 'urn:t', local: 'B' },
      ],
      reason: 'No',
      node: 'urn:node',
      actor: 'urn:role',
    });
    assert.equal(Buffer.from(detail!.json).toString(), '{"code":5}');
  });

  it('takes the first reason where none is English', async () => {
    const xml = fault12(
      `<s:Code><s:Value>s:DataEncodingUnknown</s:Value></s:Code>${REASON.replace('en-GB', 'fi')}`,
    );
    const { category, reason } = decodeFault(await compile('1.2'), xml);
    assert.deepEqual([category, reason], ['DataEncodingUnknown', 'Nein']);
  });
});
