import assert from 'node:assert/strict';
import { DecodeError, type MessageCodec } from '../../wsdl/index.ts';
import { compileResponse, envelope, failureOf, runOf } from './decode/decoding.ts';

const MEGABYTE = 1024 * 1024;
const GIGABYTE = 1024 * MEGABYTE;

/** Far below what the attack would take, far above what a refusal takes. */
const MOST_MEMORY = 250 * MEGABYTE;
const MOST_MILLISECONDS = 5_000;

const RUN = runOf(
  `<xs:sequence>
    <xs:element name="S" type="xs:string" minOccurs="0"/>
    <xs:element name="R" type="t:Tree" minOccurs="0"/>
    <xs:element name="M" minOccurs="0"><xs:complexType mixed="true"/></xs:element>
    <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
  </xs:sequence>`,
  '<xs:complexType name="Tree"><xs:sequence><xs:element name="R" type="t:Tree" minOccurs="0"/></xs:sequence></xs:complexType>',
);

const [OPENING, CLOSING] = envelope('<t:Run>|</t:Run>').split('|') as [string, string];
const message = (content: string): string => OPENING + content + CLOSING;
const nested = (tag: string, count: number): string =>
  `<${tag}>`.repeat(count) + `</${tag.replace(/ .*/, '')}>`.repeat(count);

describe('a hostile message', function () {
  this.timeout(30_000);
  let codec: MessageCodec;

  before(async () => {
    codec = await compileResponse(RUN);
  });

  const BOMB = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
  );
  const REFUSED: Readonly<Record<string, readonly [xml: string, failure: RegExp]>> = {
    'with entities that grow to gigabytes': [
      `<!DOCTYPE x [<!ENTITY e0 "lol">${BOMB.join('')}]>${message('<t:S>&e9;</t:S>')}`,
      /^dtd-forbidden/,
    ],
    'with an entity that is a file': [
      `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${message('<t:S>&f;</t:S>')}`,
      /^dtd-forbidden/,
    ],
    'with a DTD that is elsewhere': [
      `<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">${message('')}`,
      /^dtd-forbidden/,
    ],
    'with a DTD in its middle': [message('<!DOCTYPE x [<!ENTITY e "x">]>'), /^dtd-forbidden/],
    'with an entity that is not declared': [message('<t:S>&nbsp;</t:S>'), /^not-xml/],
    'with an undeclared entity in raw XML': [message('<t:M>&nbsp;</t:M>'), /^not-xml/],
    'with a character by number that XML has not': [message('<t:S>&#0;</t:S>'), /^not-xml/],
    'with 100,000 elements of a recursive type in one another': [
      message(nested('t:R', 100_000)),
      /^limit-exceeded/,
    ],
    'with 100,000 elements in one another at a wildcard': [
      message(nested('a xmlns="urn:a"', 100_000)),
      /^limit-exceeded/,
    ],
    'with 100,000 namespaces in one another at a wildcard': [
      message(
        Array.from({ length: 100_000 }, (_, index) => `<p${index}:a xmlns:p${index}="urn:p${index}">`).join(
          '',
        ),
      ),
      /^limit-exceeded/,
    ],
    'with a million attributes': [
      message(
        `<a xmlns="urn:a"${Array.from({ length: 1_000_000 }, (_, index) => ` a${index}=""`).join('')}/>`,
      ),
      /^limit-exceeded/,
    ],
    'with a million namespace declarations': [
      message(
        `<t:S${Array.from({ length: 1_000_000 }, (_, index) => ` xmlns:a${index}="u"`).join('')}>x</t:S>`,
      ),
      /^limit-exceeded/,
    ],
    'with a million elements where one is allowed': [
      message('<t:S>x</t:S>'.repeat(1_000_000)),
      /^unexpected-element/,
    ],
  };

  for (const [title, [xml, failure]] of Object.entries(REFUSED)) {
    it(`${title} is refused soon, by both decoders`, () => {
      const start = performance.now();
      assert.match(failureOf(codec, xml), failure);
      assert.match(failureOf(codec, xml, { generalOnly: true }), failure);
      assert.ok(performance.now() - start < MOST_MILLISECONDS);
    });
  }

  const filler = Buffer.alloc(MEGABYTE, 'x');
  const ENDLESS: Readonly<Record<string, string>> = {
    'text of a gigabyte': `${OPENING}<t:S>`,
    'text of a gigabyte in mixed content': `${OPENING}<t:M>`,
    'text of a gigabyte at a wildcard': `${OPENING}<a xmlns="urn:a">`,
    'name of a gigabyte': `${OPENING}<`,
    'name of a gigabyte with a prefix': `${OPENING}<t:`,
    'attribute value of a gigabyte': `${OPENING}<t:S a="`,
    'attribute name of a gigabyte': `${OPENING}<t:S `,
    'comment of a gigabyte': `${OPENING}<!--`,
    'CDATA section of a gigabyte': `${OPENING}<t:S><![CDATA[`,
    'processing instruction of a gigabyte': `${OPENING}<?pi `,
    'entity name of a gigabyte': `${OPENING}<t:S>&`,
    'end tag of a gigabyte': `${OPENING}<t:S></t:S`,
    'blank of a gigabyte before the envelope': '',
  };

  for (const [title, start] of Object.entries(ENDLESS)) {
    it(`with a ${title} is refused at a limit, in little memory`, () => {
      const chunk = title.startsWith('blank') ? Buffer.alloc(MEGABYTE, ' ') : filler;
      const before = process.memoryUsage().rss;
      const began = performance.now();
      let most = 0;
      const sent = sendUntilRefused(codec, start, chunk, () => {
        most = Math.max(most, process.memoryUsage().rss - before);
      });
      assert.ok(sent <= 65 * MEGABYTE, `${sent} bytes were taken`);
      assert.ok(most < MOST_MEMORY, `${Math.round(most / MEGABYTE)} MB`);
      assert.ok(performance.now() - began < MOST_MILLISECONDS);
    });
  }

  it('is refused for good: what comes behind it is not read', () => {
    const decoder = codec.createDecoder(() => assert.fail('JSON was written'));
    assert.throws(() => {
      decoder.write(Buffer.from('<!DOCTYPE x>'));
      decoder.end();
    }, DecodeError);
    assert.throws(() => {
      decoder.write(Buffer.from(message('')));
      decoder.end();
    }, DecodeError);
  });
});

/** Sends a gigabyte in chunks. @returns how many bytes were taken before the decoder refused them as too much or too strange. */
function sendUntilRefused(codec: MessageCodec, start: string, chunk: Buffer, watch: () => void): number {
  const decoder = codec.createDecoder(() => undefined);
  let sent = 0;
  try {
    decoder.write(Buffer.from(start));
    for (; sent < GIGABYTE; sent += chunk.length) {
      decoder.write(chunk);
      watch();
    }
  } catch (error) {
    assert.ok(error instanceof DecodeError, String(error));
    assert.match(error.code, /^(?:limit-exceeded|not-xml)$/);
    return sent;
  }
  return assert.fail('a gigabyte was taken');
}
