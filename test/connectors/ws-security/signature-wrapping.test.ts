import assert from 'node:assert/strict';
import type { OperationCodec } from '../../../wsdl/index.ts';
import { at, NOW, received, signedEnvelope, verifying } from './answers.ts';
import { changed, partOf } from './changed.ts';
import { codecOf } from './messages.ts';
import { wrappingRefusals } from './refusals.ts';
import { makeSigningKey } from './signing-keys.ts';

const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

describe('an answer whose signature is wrapped or stripped', function () {
  this.timeout(60_000);
  const core = makeSigningKey('/O=Bank/CN=core.example', 'rsa:2048', 3650);
  const verify = verifying(core);
  let codec: OperationCodec;
  let signed: string;
  before(async () => {
    codec = await codecOf('1.1');
    signed = await signedEnvelope(codec.output!.encode({ text: ['100.00'] }), core, NOW - 1000);
  });

  const wrapped = (): { body: string; forged: string; named: string } => {
    const body = partOf(signed, /<soap:Body[^]*<\/soap:Body>/);
    return {
      body,
      forged: '<soap:Body><ns1:Pay xmlns:ns1="urn:test"><ns1:Text>900.00</ns1:Text></ns1:Pay></soap:Body>',
      named: body.replace('100.00', '900.00'),
    };
  };

  /** Where the signed Body goes, and what stands in its place. */
  const wrappings: Readonly<Record<string, () => string>> = {
    'the Body is changed': () => changed(signed, '100.00', '900.00'),
    'an attribute of the Body is added': () => changed(signed, '<soap:Body', '<soap:Body xmlnsfoo="1"'),
    'the signed Body is moved into a header block': () => {
      const { body, forged } = wrapped();
      return changed(changed(signed, body, forged), '<soap:Header>', `<soap:Header><x>${body}</x>`);
    },
    'the signed Body becomes a header block': () => {
      const { body, forged } = wrapped();
      return changed(changed(signed, body, forged), '<soap:Header>', `<soap:Header>${body}`);
    },
    'the signed Body is moved into the Security header': () => {
      const { body, forged } = wrapped();
      return changed(changed(signed, body, forged), '</wsse:Security>', `${body}</wsse:Security>`);
    },
    'the signed Body is moved into the Signature': () => {
      const { body, forged } = wrapped();
      return changed(
        changed(signed, body, forged),
        '</ds:Signature>',
        `<ds:Object>${body}</ds:Object></ds:Signature>`,
      );
    },
    'the signed Body is moved into KeyInfo': () => {
      const { body, forged } = wrapped();
      return changed(changed(signed, body, forged), '</ds:KeyInfo>', `${body}</ds:KeyInfo>`);
    },
    'the signed Body is moved into the new one': () => {
      const { body, forged } = wrapped();
      return changed(signed, body, forged.replace('</soap:Body>', `${body}</soap:Body>`));
    },
    'a Body with the same identifier takes its place': () => {
      const { body, named } = wrapped();
      return changed(changed(signed, body, named), '<soap:Header>', `<soap:Header>${body}`);
    },
    'a second Body comes before it': () =>
      changed(signed, '</soap:Header>', `</soap:Header>${wrapped().forged}`),
    'a second Body comes behind it': () => changed(signed, '</soap:Body>', `</soap:Body>${wrapped().forged}`),
    'the forged Body is of the other SOAP version': () =>
      changed(
        signed,
        wrapped().body,
        wrapped().forged.replace(
          '<soap:Body',
          '<soap:Body xmlns:soap="http://www.w3.org/2003/05/soap-envelope"',
        ),
      ),
    'the envelope is wrapped in another': () =>
      `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header>${signed.replace(/^<\?xml.*\?>\n/, '')}</soap:Header>${wrapped().forged}</soap:Envelope>`,
    'a decoy has the identifier as Id': () =>
      changed(signed, '<soap:Header>', `<soap:Header><x Id="${idOf('Body')}"/>`),
    'a decoy has the identifier as ID': () =>
      changed(signed, '<soap:Header>', `<soap:Header><x ID="${idOf('Body')}"/>`),
    'a decoy has the identifier as xml:id': () =>
      changed(signed, '<soap:Header>', `<soap:Header><x xml:id="${idOf('Body')}"/>`),
    'a namespace around the Body is another': () => changed(signed, '"urn:test"', '"urn:evil"'),
    'the signed Timestamp is moved away for a fresh one': () => {
      const timestamp = partOf(signed, /<wsu:Timestamp[^]*<\/wsu:Timestamp>/);
      const fresh = `<wsu:Timestamp xmlns:wsu="${WSU}"><wsu:Created>${at(0)}</wsu:Created></wsu:Timestamp>`;
      return changed(changed(signed, timestamp, fresh), '<soap:Header>', `<soap:Header>${timestamp}`);
    },
    'a second Timestamp is added': () =>
      changed(
        signed,
        '<wsu:Timestamp',
        `<wsu:Timestamp xmlns:wsu="${WSU}"><wsu:Created>${at(0)}</wsu:Created></wsu:Timestamp><wsu:Timestamp`,
      ),
    'a second Security header is added': () =>
      changed(signed, '<soap:Header>', `<soap:Header><s:Security xmlns:s="${WSSE}" soap:actor="urn:a"/>`),
    'a second Signature is added': () =>
      changed(
        signed,
        '<ds:Signature ',
        `${partOf(signed, /<ds:Signature [^]*<\/ds:Signature>/)}<ds:Signature `,
      ),
    'a second SignedInfo is added': () =>
      changed(
        signed,
        '<ds:SignedInfo>',
        '<ds:SignedInfo><ds:Reference URI="#x"></ds:Reference></ds:SignedInfo><ds:SignedInfo>',
      ),
    'the Signature is taken out': () => changed(signed, /<ds:Signature [^]*<\/ds:Signature>/, ''),
    'the Security header is taken out': () => changed(signed, /<wsse:Security[^]*<\/wsse:Security>/, ''),
    'the Header is taken out': () => changed(signed, /<soap:Header>[^]*<\/soap:Header>/, ''),
    'the digest is another': () => changed(signed, /<ds:DigestValue>[^<]*/, '<ds:DigestValue>AAAA'),
    'the signature value is empty': () => changed(signed, /<ds:SignatureValue>[^<]*/, '<ds:SignatureValue>'),
    'a DTD is there': () => changed(signed, '?>\n', '?>\n<!DOCTYPE a [<!ENTITY b "900.00">]>'),
    'a DTD is there behind a comment': () => changed(signed, '?>\n', '?>\n<!-- <a> --><!DOCTYPE a>'),
    'a processing instruction is there': () => changed(signed, '<soap:Body', '<?p 1?><soap:Body'),
    'there is text between Header and Body': () => changed(signed, '</soap:Header>', '</soap:Header>x'),
    'it is cut off': () => signed.slice(0, -20),
    'it is no XML': () => 'signed',
    'it is no SOAP': () => '<a/>',
  };

  function idOf(name: string): string {
    return new RegExp(`<[a-z]+:${name}[^>]*wsu:Id="([^"]*)"`).exec(signed)?.[1] ?? assert.fail(name);
  }

  for (const [what, make] of Object.entries(wrappings))
    it(`is refused where ${what}`, async () => {
      assert.equal(await received(make(), codec, { verify }), wrappingRefusals[what]);
    });

  it('is refused in each of 34 ways', () => {
    assert.equal(Object.keys(wrappings).length, 34);
  });
});
