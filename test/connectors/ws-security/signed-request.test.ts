import assert from 'node:assert/strict';
import { SignedXml } from 'xml-crypto';
import type { SoapRequest } from '../../../connectors/connector.ts';
import type { SignatureAlgorithmName } from '../../../connectors/ws-security/algorithms.ts';
import type { SignedPart } from '../../../connectors/ws-security/header-block.ts';
import { createSecuredConnector } from '../../../connectors/ws-security/secured-connector.ts';
import type { MessageHeaderOptions } from '../../../connectors/ws-security/message-security.ts';
import type { SignatureOptions } from '../../../connectors/ws-security/signature.ts';
import { answer, scriptedConnector } from '../resilience/scripted-connector.ts';
import { awkwardValue, codecOf, requestOf } from './messages.ts';
import { makeSigningKey, type SigningKey } from './signing-keys.ts';
import { missingXmlsec, xmlsecVerifies } from './xmlsec.ts';

const PARTS: readonly SignedPart[] = [
  'Body',
  'Timestamp',
  'Addressing',
  'UsernameToken',
  'BinarySecurityToken',
];

/** The envelope as it goes out. */
async function sent(request: SoapRequest, options: MessageHeaderOptions): Promise<string> {
  const inner = scriptedConnector();
  assert.equal(
    await createSecuredConnector(inner, { shown: 'http://core.example/pay', ...options }).send(request),
    answer,
  );
  return Buffer.from(inner.calls[0]!.request.envelope).toString();
}

function optionsWith(signer: SigningKey, signature: Partial<SignatureOptions> = {}): MessageHeaderOptions {
  return {
    addressing: { version: '2005/08', to: 'http://core.example/pay?a=1&b=2' },
    security: {
      mustUnderstand: true,
      timestampSeconds: 300,
      username: { username: 'portico & co', password: 'p<>&', passwordType: 'digest', hasNonce: true },
      signature: {
        key: signer.key,
        certificate: signer.certificate,
        algorithm: 'rsa-sha256',
        digest: 'sha256',
        parts: PARTS,
        keyReference: 'token',
        ...signature,
      },
    },
  };
}

describe('a signed request', function () {
  this.timeout(60_000);
  const rsa = makeSigningKey('/CN=portico');
  const ec = makeSigningKey('/CN=portico', 'ec');

  describe('by xmlsec1', () => {
    before(function () {
      const reason = missingXmlsec();
      if (reason === undefined) return;
      console.log(`      ${reason}`);
      this.skip();
    });

    for (const version of ['1.1', '1.2'] as const)
      for (const hasSession of [false, true])
        it(`is valid in SOAP ${version} ${hasSession ? 'behind' : 'without'} a header of the contract, and no longer once touched`, async () => {
          const request = requestOf(await codecOf(version), awkwardValue(hasSession));
          const envelope = await sent(request, optionsWith(rsa));
          assert.ok(xmlsecVerifies(envelope, rsa.certificatePem));
          for (const [from, to] of [
            ['>plain<', '>Plain<'],
            ['xmlnsfoo="3"', 'xmlnsfoo="4"'],
            ['portico &amp; co', 'portico &amp; so'],
            ['/pay?a=1', '/pay?a=2'],
            ['urn:pay</', 'urn:get</'],
          ] as const) {
            assert.ok(envelope.includes(from), from);
            assert.ok(!xmlsecVerifies(envelope.replace(from, to), rsa.certificatePem), from);
          }
          assert.ok(!xmlsecVerifies(envelope, makeSigningKey('/CN=other').certificatePem));
        });

    for (const [algorithm, digest] of [
      ['rsa-sha384', 'sha384'],
      ['rsa-sha512', 'sha512'],
      ['ecdsa-sha256', 'sha256'],
      ['rsa-sha1', 'sha1'],
    ] as const satisfies readonly (readonly [SignatureAlgorithmName, SignatureOptions['digest']])[])
      it(`is valid with ${algorithm} and ${digest}`, async () => {
        const signer = algorithm.startsWith('ec') ? ec : rsa;
        const request = requestOf(await codecOf('1.1'), awkwardValue(false));
        const options = optionsWith(signer, { algorithm, digest, keyReference: 'thumbprint' });
        assert.ok(xmlsecVerifies(await sent(request, options), signer.certificatePem));
      });
  });

  it('is valid by xml-crypto, which finds the same in it', async () => {
    for (const keyReference of ['token', 'thumbprint'] as const) {
      const request = requestOf(await codecOf('1.2'), { text: ['a & b'], note: 'c' });
      const parts: readonly SignedPart[] = ['Body', 'Timestamp', 'Addressing', 'UsernameToken'];
      const envelope = await sent(
        request,
        optionsWith(rsa, { keyReference, parts, algorithm: 'rsa-pss-sha256' }),
      );
      const judge = new SignedXml({ idMode: 'wssecurity', publicCert: rsa.certificatePem });
      judge.loadSignature(/<ds:Signature [^]*<\/ds:Signature>/.exec(envelope)?.[0] ?? '');
      assert.ok(judge.checkSignature(envelope));
      assert.equal(judge.getSignedReferences().length, 7);
      assert.match(judge.getSignedReferences()[0] ?? '', /^<soap:Body[^]*a &amp; b[^]*<\/soap:Body>$/);
    }
  });

  it('keeps every byte of the payload', async () => {
    for (const hasSession of [false, true]) {
      const request = requestOf(await codecOf('1.1'), awkwardValue(hasSession));
      const envelope = await sent(request, optionsWith(rsa));
      const plain = envelope
        .replace(/<wsa:Action[^]*?<\/wsse:Security>/, '')
        .replace('<soap:Header></soap:Header>', '')
        .replace(/<soap:Body xmlns:wsu="[^"]*" wsu:Id="[^"]*"/, '<soap:Body');
      assert.equal(plain, Buffer.from(request.envelope).toString());
    }
  });

  it('is another each time: nonce, times and identifiers are never used twice', async () => {
    const request = requestOf(await codecOf('1.1'), { text: ['a'] });
    const first = await sent(request, optionsWith(rsa));
    const second = await sent(request, optionsWith(rsa));
    for (const pattern of [
      /<wsse:Nonce[^>]*>([^<]+)/,
      /MessageID[^>]*>([^<]+)/,
      /soap:Body[^>]*wsu:Id="([^"]+)/,
    ])
      assert.notEqual(pattern.exec(first)?.[1], pattern.exec(second)?.[1]);
  });
});
