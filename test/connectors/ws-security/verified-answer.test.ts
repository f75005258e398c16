import assert from 'node:assert/strict';
import soap from 'soap';
import { signatureAlgorithms, digestAlgorithms } from '../../../connectors/ws-security/algorithms.ts';
import type { OperationCodec } from '../../../wsdl/index.ts';
import { at, NOW, received, request, signedEnvelope, verifying } from './answers.ts';
import { AWKWARD, codecOf } from './messages.ts';
import { makeSigningKey } from './signing-keys.ts';
import { missingXmlsec, xmlsecSign } from './xmlsec.ts';
import { changed } from './changed.ts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

describe('a signed answer', function () {
  this.timeout(60_000);
  const core = makeSigningKey('/O=Bank/CN=core.example', 'rsa:2048', 3650);
  const thief = makeSigningKey('/O=Bank/CN=core.example', 'rsa:2048', 3650);
  const verify = verifying(core);
  let codec: OperationCodec;
  let plain: Uint8Array;
  let signed: string;
  before(async () => {
    codec = await codecOf('1.1');
    plain = codec.output!.encode({ text: ['100.00'] });
    signed = await signedEnvelope(plain, core, NOW - 1000);
  });

  describe('is believed', () => {
    it('if a pinned certificate has signed it, and what is read is what was signed', async () => {
      assert.equal(await received(signed, codec, { verify }), '{"text":["100.00"]}');
      for (const version of ['1.1', '1.2'] as const) {
        const other = await codecOf(version);
        const answer = await signedEnvelope(other.output!.encode({ text: [...AWKWARD] }), core, NOW);
        const texts = JSON.stringify({ text: AWKWARD });
        assert.deepEqual(JSON.parse(await received(answer, other, { verify })), JSON.parse(texts));
      }
    });

    it('if one of several pinned certificates has signed it, whatever its kind of key', async () => {
      const ec = makeSigningKey('/CN=ec', 'ec', 3650);
      const answer = await signedEnvelope(plain, ec, NOW);
      const trust = { certificates: [core.certificate, ec.certificate] };
      assert.equal(await received(answer, codec, { verify: { ...verify, trust } }), '{"text":["100.00"]}');
    });

    it('without its comments, which are not signed', async () => {
      const answer = changed(signed, '100.00', '100<!-- 000 -->.00');
      assert.equal(await received(answer, codec, { verify }), '{"text":["100.00"]}');
    });

    it('also if it is a Fault', async () => {
      const fault = codec.encodeFault({ category: 'Sender', reason: 'no' });
      assert.equal(await received(await signedEnvelope(fault, core, NOW), codec, { verify }), 'fault no');
      const unsigned = Buffer.from(fault).toString();
      assert.match(await received(unsigned, codec, { verify }), /no Header, so it is not signed/);
    });

    it('with xsi:type, whose prefix the exclusive form does not sign, and with the inclusive form', async function () {
      const reason = missingXmlsec();
      if (reason !== undefined) {
        console.log(`      ${reason}`);
        this.skip();
      }
      for (const transform of [EXCLUSIVE, C14N]) {
        const algorithm = (name: string, uri: string, content = ''): string =>
          `<${name} Algorithm="${uri}">${content}</${name}>`;
        const list =
          transform === EXCLUSIVE
            ? `<i:InclusiveNamespaces xmlns:i="${EXCLUSIVE}" PrefixList="SOAP-ENV #default"/>`
            : '';
        const reference = (id: string): string =>
          `<Reference URI="#${id}"><Transforms>${algorithm('Transform', transform, list)}</Transforms>${algorithm('DigestMethod', digestAlgorithms.sha512)}<DigestValue/></Reference>`;
        const template = `<?xml version="1.0"?>
          <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:test" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <SOAP-ENV:Header><wsse:Security xmlns:wsse="${WSSE}" SOAP-ENV:mustUnderstand="1"><wsu:Timestamp xmlns:wsu="${WSU}" wsu:Id="T"><wsu:Created>${at(0).replace('Z', '+00:00')}</wsu:Created></wsu:Timestamp>
          <Signature xmlns="${DS}"><SignedInfo>${algorithm('CanonicalizationMethod', transform)}${algorithm('SignatureMethod', signatureAlgorithms['rsa-sha512'].uri)}${reference('B')}${reference('T')}</SignedInfo><SignatureValue/></Signature>
          </wsse:Security></SOAP-ENV:Header>
          <SOAP-ENV:Body xmlns:u="${WSU}" u:Id="B"><Pay note='a"b'><Text xsi:type="xsd:string">100.00</Text></Pay></SOAP-ENV:Body></SOAP-ENV:Envelope>`;
        const answer = xmlsecSign(template, core.keyPem);
        assert.equal(
          await received(answer, codec, { verify }),
          '{"note":"a\\"b","text":["100.00"]}',
          transform,
        );
        const touched = changed(answer, '100.00', '900.00');
        assert.match(await received(touched, codec, { verify }), /not as it was/);
      }
    });

    it('if node-soap has signed it', async () => {
      const envelope = Buffer.from(plain)
        .toString()
        .replace('<soap:Body>', '<soap:Header></soap:Header><soap:Body>');
      const security = new soap.WSSecurityCert(core.keyPem, core.certificatePem, '', {
        signatureAlgorithm: signatureAlgorithms['rsa-sha256'].uri,
        signerOptions: { idMode: 'wssecurity' },
      } as never);
      const answer = security.postProcess(envelope, 'soap');
      assert.ok(answer.includes('enveloped-signature'));
      const now = { now: () => Date.now(), uuid: () => '' };
      assert.equal(await received(answer, codec, { verify, freshness: now }), '{"text":["100.00"]}');
    });

    it('if an authority vouches for the certificate and its subject is the one expected', async () => {
      const authorities = [core.certificate];
      const with_ = (subject: string): Promise<string> =>
        received(signed, codec, { verify: { ...verify, trust: { authorities, subject } } });
      assert.equal(await with_('CN=core.example'), '{"text":["100.00"]}');
      for (const subject of ['CN=core', 'CN=other', 'core.example', 'O=Bank\nCN=core.example'])
        assert.match(await with_(subject), /not valid for any certificate/);
      const ofThief = await signedEnvelope(plain, thief, NOW);
      const trust = { authorities, subject: 'CN=core.example' };
      assert.match(
        await received(ofThief, codec, { verify: { ...verify, trust } }),
        /not valid for any certificate/,
      );
    });
  });

  it('is none where a one-way message was taken; a Fault that refuses it must be signed', async () => {
    const oneWay = { ...request, isOneWay: true };
    assert.equal(await received('', codec, { verify }, { status: 202 }, oneWay), 'unread');
    const fault = codec.encodeFault({ category: 'Sender', reason: 'no' });
    assert.match(await received(fault, codec, { verify }, { status: 500 }, oneWay), /not signed/);
    const proved = await signedEnvelope(fault, core, NOW);
    assert.equal(await received(proved, codec, { verify }, { status: 500 }, oneWay), 'fault no');
  });

  it('loses header blocks that are not signed', async () => {
    const answer = changed(
      signed,
      '<soap:Header>',
      '<soap:Header><x:a xmlns:x="urn:x" soap:mustUnderstand="1"/>',
    );
    assert.equal(await received(answer, codec, { verify }), '{"text":["100.00"]}');
  });

  describe('is refused', () => {
    it('in another encoding or with attachments', async () => {
      const utf16 = Buffer.from(`\ufeff${signed}`, 'utf16le');
      assert.match(await received(utf16, codec, { verify }), /unknown encoding/);
      assert.match(await received(signed, codec, { verify }, { charset: 'iso-8859-1' }), /charset/);
      const multipart = { type: 'multipart/related', parameters: new Map<string, string>() } as never;
      assert.match(await received(signed, codec, { verify }, { multipart }), /attachments/);
    });

    it('where a trusted certificate was not valid at the time, or its key is too short', async () => {
      const now = { now: () => Date.parse('2099-01-01T00:00:00Z'), uuid: () => '' };
      const late = await signedEnvelope(plain, core, now.now());
      assert.match(await received(late, codec, { verify, freshness: now }), /not expired/);
      const short = makeSigningKey('/CN=short', 'rsa:1024', 3650);
      const answer = await signedEnvelope(plain, short, NOW);
      assert.match(await received(answer, codec, { verify: verifying(short) }), /not valid for any/);
    });

    it('where it is larger than allowed, as TOO_LARGE', async () => {
      await assert.rejects(received(signed, codec, { verify: { ...verify, maxBytes: 500 } }), {
        code: 'TOO_LARGE',
      });
    });
  });

  describe('that must name the request', () => {
    const addressing = { version: '2005/08', to: 'http://core.example' } as const;
    const relatesTo =
      '<wsa:RelatesTo xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:uuid:c0ffee00-0000-4000-8000-000000000000</wsa:RelatesTo>';
    const unsigned = (block: string): string =>
      Buffer.from(plain).toString().replace('<soap:Body', `<soap:Header>${block}</soap:Header><soap:Body`);

    it('is believed if it does, also where its own headers must be understood', async () => {
      const block = relatesTo.replace(
        '<wsa:RelatesTo',
        '<wsa:RelatesTo xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:mustUnderstand="1"',
      );
      const options = { addressing, checksRelatesTo: true };
      assert.equal(await received(unsigned(block), codec, options), '{"text":["100.00"]}');
      for (const wrong of ['', block.replace('c0ffee', 'decaff'), block + block])
        assert.match(await received(unsigned(wrong), codec, options), /does not name the request/);
    });

    it('must have that signed if it must be signed at all', async () => {
      const options = { addressing, checksRelatesTo: true, verify };
      const answer = changed(signed, '<soap:Header>', `<soap:Header>${relatesTo}`);
      assert.match(await received(answer, codec, options), /does not name the request/);
      const strict = { addressing, verify: { ...verify, require: ['Body', 'Addressing'] as const } };
      assert.match(
        await received(answer, codec, strict),
        /WS-Addressing headers of the answer are not signed/,
      );
      const own = await signedEnvelope(plain, core, NOW, { addressing });
      assert.equal(await received(own, codec, strict), '{"text":["100.00"]}');
    });
  });
});
