import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { digestAlgorithms, signatureAlgorithms } from '../../../connectors/ws-security/algorithms.ts';
import type { OperationCodec } from '../../../wsdl/index.ts';
import { at, digestOf, NOW, received, resigned, signedEnvelope, verifying } from './answers.ts';
import { changed, partOf } from './changed.ts';
import { codecOf } from './messages.ts';
import { forgeryRefusals } from './refusals.ts';
import { makeSigningKey } from './signing-keys.ts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

describe('an answer signed by a stranger, over something else or in another way', function () {
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

  const forgeries: Readonly<Record<string, () => string | Promise<string>>> = {
    'a stranger has signed it, and sends the certificate along': () => signedEnvelope(plain, thief, NOW),
    'an HMAC is keyed with the certificate': () => {
      const hmac = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1';
      const answer = resigned(signed, core, (info) =>
        changed(info, signatureAlgorithms['rsa-sha256'].uri, hmac),
      );
      const info = partOf(answer, /<ds:SignedInfo>[^]*?<\/ds:SignedInfo>/).replace(
        'Info>',
        `Info xmlns:ds="${DS}">`,
      );
      const value = createHmac('sha1', core.certificatePem).update(info).digest('base64');
      return changed(answer, /<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${value}`);
    },
    'rsa-sha1 is used': () =>
      resigned(
        signed,
        core,
        (info) => changed(info, signatureAlgorithms['rsa-sha256'].uri, signatureAlgorithms['rsa-sha1'].uri),
        'sha1',
      ),
    'the digest is SHA-1': () =>
      resigned(signed, core, (info) => changed(info, digestAlgorithms.sha256, digestAlgorithms.sha1)),
    'a transform is XSLT': () =>
      resigned(signed, core, (info) =>
        changed(
          info,
          `<ds:Transform Algorithm="${EXCLUSIVE}">`,
          '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116">',
        ),
      ),
    'a transform is XPath': () =>
      resigned(signed, core, (info) =>
        changed(
          info,
          `<ds:Transform Algorithm="${EXCLUSIVE}">`,
          '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>false()</ds:XPath>',
        ),
      ),
    'a transform decodes base64': () =>
      resigned(signed, core, (info) =>
        changed(info, `<ds:Transform Algorithm="${EXCLUSIVE}">`, `<ds:Transform Algorithm="${DS}base64">`),
      ),
    'there is no transform': () =>
      resigned(signed, core, (info) => changed(info, /<ds:Transform Alg[^]*?<\/ds:Transform>/, '')),
    'there are two transforms': () =>
      resigned(signed, core, (info) =>
        changed(
          info,
          '<ds:Transforms>',
          `<ds:Transforms><ds:Transform Algorithm="${EXCLUSIVE}"></ds:Transform>`,
        ),
      ),
    'comments are said to be signed': () =>
      resigned(signed, core, (info) =>
        changed(
          info,
          `<ds:Transform Algorithm="${EXCLUSIVE}">`,
          `<ds:Transform Algorithm="${EXCLUSIVE}WithComments">`,
        ),
      ),
    'the form of SignedInfo is unknown': () =>
      resigned(signed, core, (info) =>
        changed(info, `Method Algorithm="${EXCLUSIVE}"`, 'Method Algorithm="urn:x"'),
      ),
    'the reference is to the whole document': () =>
      resigned(signed, core, (info) => changed(info, /URI="#[^"]*"/, 'URI=""')),
    'the reference is to another document': () =>
      resigned(signed, core, (info) => changed(info, /URI="#[^"]*"/, 'URI="http://127.0.0.1/a"')),
    'the reference is an XPointer': () =>
      resigned(signed, core, (info) => changed(info, /URI="#[^"]*"/, 'URI="#xpointer(/)"')),
    'the reference is an XPath literal in disguise': () =>
      resigned(signed, core, (info) => changed(info, /URI="#[^"]*"/, `URI="#a' or '1'='1"`)),
    'the reference is to nothing': () =>
      resigned(signed, core, (info) => changed(info, /URI="#[^"]*"/, 'URI="#nothing"')),
    'the Body is not among the references': () =>
      resigned(signed, core, (info) => changed(info, /<ds:Reference [^]*?<\/ds:Reference>/, '')),
    'the Timestamp is not among the references': () =>
      resigned(signed, core, (info) =>
        changed(info, /(?<=<\/ds:Reference>)<ds:Reference [^]*?<\/ds:Reference>/, ''),
      ),
    'nothing is referred to': () =>
      resigned(signed, core, (info) => changed(info, /<ds:Reference [^]*<\/ds:Reference>/, '')),
    'there are a hundred references': () =>
      resigned(signed, core, (info) =>
        info.replace(/<ds:Reference [^]*?<\/ds:Reference>/, (one) => one.repeat(100)),
      ),
    'an enveloped-signature transform would leave a part of the Body unsigned': async () => {
      const answer = await signedEnvelope(
        codec.output!.encode({ text: ['a'], '@any': `<ds:Signature xmlns:ds="${DS}"/>` }),
        core,
        NOW,
      );
      return resigned(answer, core, (info) =>
        changed(
          info,
          '<ds:Transforms>',
          `<ds:Transforms><ds:Transform Algorithm="${DS}enveloped-signature"></ds:Transform>`,
        ),
      );
    },
    'the Timestamp is old': () => signedEnvelope(plain, core, NOW - 361_000),
    'the Timestamp is replayed a day later': () => signedEnvelope(plain, core, NOW - 86_400_000),
    'the Timestamp lies in the future': () => signedEnvelope(plain, core, NOW + 61_000),
    'the Timestamp has expired': () =>
      signedEnvelope(plain, core, NOW - 200_000).then((answer) => stamped(answer, at(-180), at(-120))),
    'the Timestamp has no time zone': () => stamped(signed, at(0).slice(0, -1), at(300)),
    'the Timestamp is no time': () => stamped(signed, '9999999', at(300)),
  };

  /** Another Timestamp, signed as it must be. */
  function stamped(answer: string, created: string, expires: string): string {
    const id = /<wsu:Timestamp[^>]*wsu:Id="([^"]*)"/.exec(answer)?.[1] ?? '';
    const timestamp = `<wsu:Timestamp xmlns:wsu="${WSU}" wsu:Id="${id}"><wsu:Created>${created}</wsu:Created><wsu:Expires>${expires}</wsu:Expires></wsu:Timestamp>`;
    const digest = digestOf(timestamp);
    const replaced = changed(answer, /<wsu:Timestamp[^]*<\/wsu:Timestamp>/, timestamp);
    return resigned(replaced, core, (info) =>
      changed(info, new RegExp(`(?<=URI="#${id}"[^]*?<ds:DigestValue>)[^<]*`), digest),
    );
  }

  for (const [what, make] of Object.entries(forgeries))
    it(`is refused where ${what}`, async () => {
      assert.equal(await received(await make(), codec, { verify }), forgeryRefusals[what]);
    });

  it('is refused in each of 27 ways', () => {
    assert.equal(Object.keys(forgeries).length, 27);
  });

  it('is believed if nothing of that is wrong', async () => {
    assert.equal(
      await received(
        resigned(signed, core, (info) => info),
        codec,
        { verify },
      ),
      '{"text":["100.00"]}',
    );
    const fresh = stamped(signed, at(0), at(300));
    assert.equal(await received(fresh, codec, { verify }), '{"text":["100.00"]}');
    const lax = { ...verify, algorithms: ['rsa-sha1'] as const, digests: ['sha1', 'sha256'] as const };
    const old = await forgeries['rsa-sha1 is used']!();
    assert.equal(await received(old, codec, { verify: lax }), '{"text":["100.00"]}');
  });
});
