import assert from 'node:assert/strict';
import {
  compileCodec,
  DecodeError,
  ValueError,
  type JsonValue,
  type MessageCodec,
} from '../../wsdl/index.ts';
import { contractOfSchema } from './link/wsdl-text.ts';

const OTHERS = `
  <xs:element name="Amount" type="t:Money"/>
  <xs:element name="Note" type="t:Note"/>
  <xs:element name="Party" type="xs:string" abstract="true"/>
  <xs:element name="Person" type="xs:string" substitutionGroup="t:Party"/>
  <xs:attribute name="rank" type="xs:int"/>
  <xs:complexType name="Money"><xs:simpleContent><xs:extension base="xs:decimal">
    <xs:attribute name="currency" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Note"><xs:sequence><xs:element name="Line" type="xs:int" maxOccurs="2" form="qualified"/></xs:sequence></xs:complexType>
  <xs:complexType name="Signed"><xs:complexContent><xs:extension base="t:Note"><xs:sequence>
    <xs:element name="By" type="xs:string" form="qualified"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`;

const AMOUNT = '<t:Amount xmlns:t="urn:test" currency="EUR">1.00</t:Amount>';
const NO_CURRENCY = '<t:Amount xmlns:t="urn:test">1.00</t:Amount>';
const note = (content: string, attributes = ''): string =>
  `<t:Note xmlns:t="urn:test" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"${attributes}>${content}</t:Note>`;
const PARTY = '<t:Party xmlns:t="urn:test">Ada</t:Party>';
const STRANGER = '<s xmlns="urn:strange"/>';
const DIFFGRAM = '<d:diffgram xmlns:d="urn:schemas-microsoft-com:xml-diffgram-v1"><any/></d:diffgram>';

interface Case {
  readonly title: string;
  /** Of the element Run, or of what stands in it. */
  readonly content: string;
  readonly member: '@any' | '@mixed';
  readonly fits: readonly string[];
  /** With what the message of the fault says. */
  readonly breaks: readonly (readonly [xml: string, reason: RegExp])[];
}

const any = (attributes: string): string => `<xs:sequence><xs:any ${attributes}/></xs:sequence>`;

const CASES: readonly Case[] = [
  {
    title: 'at a strict wildcard',
    content: any('processContents="strict"'),
    member: '@any',
    fits: [
      AMOUNT,
      note('<t:Line>1</t:Line>'),
      note('<t:Line>1</t:Line><t:By>x</t:By>', ' xsi:type="t:Signed"'),
      '<s xmlns="urn:strange" xmlns:t="urn:test" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="t:Note"><t:Line>1</t:Line></s>',
      DIFFGRAM,
      '<t:Person xmlns:t="urn:test">Ada</t:Person>',
    ],
    breaks: [
      [PARTY, /<Party> is abstract/],
      [STRANGER, /declares no <s> in namespace "urn:strange"/],
      ['<Amount/>', /declares no <Amount> in no namespace/],
      [NO_CURRENCY, /"currency" is required/],
      [note('<t:Line>x</t:Line>'), /\/Note\/Line/],
      [note(''), /<Line> is missing/],
      [note('<t:Line>1</t:Line>', ' xsi:type="t:Signed"'), /<By> is missing/],
      [note('<t:Line>1</t:Line>', ' xsi:type="t:Money"'), /xsi:type must name/],
      [note('text<t:Line>1</t:Line>'), /text between/],
    ],
  },
  {
    title: 'at a lax wildcard',
    content: any('processContents="lax"'),
    member: '@any',
    fits: [AMOUNT, STRANGER, `<s xmlns="urn:strange">text${AMOUNT}${STRANGER}</s>`],
    breaks: [
      [NO_CURRENCY, /"currency" is required/],
      [`<s xmlns="urn:strange">${NO_CURRENCY}</s>`, /\/s\/Amount/],
      ['<s xmlns="urn:strange" xmlns:t="urn:test" t:rank="high"/>', /attribute "rank"/],
      [`<s xmlns="urn:strange">${PARTY}</s>`, /<Party> is abstract/],
    ],
  },
  {
    title: 'at a wildcard that skips',
    content: any('processContents="skip"'),
    member: '@any',
    fits: [AMOUNT, STRANGER, NO_CURRENCY, note('text')],
    breaks: [['</a>', /end tag/]],
  },
  {
    title: 'at a strict wildcard for a schema that the contract has not',
    content: any('namespace="urn:elsewhere"'),
    member: '@any',
    fits: ['<s xmlns="urn:elsewhere"><any/></s>'],
    breaks: [[AMOUNT, /namespace "urn:elsewhere"/]],
  },
  {
    title: 'in mixed content',
    content:
      '<xs:sequence><xs:element name="M"><xs:complexType mixed="true"><xs:sequence><xs:element ref="t:Note"/><xs:element ref="t:Amount" minOccurs="0"/></xs:sequence></xs:complexType></xs:element></xs:sequence>',
    member: '@mixed',
    fits: [`a ${note('<t:Line>1</t:Line>')} b ${AMOUNT} c`, note('<t:Line>1</t:Line>')],
    breaks: [
      ['text only', /<Note> is missing/],
      [`${AMOUNT}${note('<t:Line>1</t:Line>')}`, /<Note> is missing|not expected/],
      [note('<t:Line>1</t:Line>') + STRANGER, /<s> in namespace "urn:strange" is not expected/],
      [note('text'), /text between/],
    ],
  },
  {
    title: 'in mixed content without elements',
    content: '<xs:sequence><xs:element name="M"><xs:complexType mixed="true"/></xs:element></xs:sequence>',
    member: '@mixed',
    fits: ['text', ''],
    breaks: [[AMOUNT, /no more elements/]],
  },
  {
    title: 'in xs:anyType',
    content: '<xs:sequence><xs:element name="M" type="xs:anyType"/></xs:sequence>',
    member: '@mixed',
    fits: [`a${STRANGER}${AMOUNT}`],
    breaks: [[`a${NO_CURRENCY}`, /"currency" is required/]],
  },
];

for (const { title, content, member, fits, breaks } of CASES) {
  describe(`raw XML ${title}`, () => {
    let codec: MessageCodec;

    before(async () => {
      const run = `<xs:element name="Run"><xs:complexType>${content}</xs:complexType></xs:element>`;
      codec = compileCodec(await contractOfSchema(run + OTHERS), { operation: 'Run' }).input;
    });

    const valueOf = (xml: string): JsonValue =>
      member === '@any' ? { '@any': xml } : { m: { '@mixed': xml } };

    it('is written and read if it keeps to the contract', () => {
      for (const xml of fits) {
        const first = codec.encode(valueOf(xml));
        for (const generalOnly of [false, true]) {
          const decoded = codec.decode(first, { generalOnly });
          assert.ok(decoded.kind === 'message');
          const again = codec.encode(JSON.parse(Buffer.from(decoded.json).toString()) as JsonValue);
          assert.equal(codec.decode(again).kind, 'message', xml);
        }
      }
    });

    it('is refused where it breaks the contract, on the way out and in', () => {
      for (const [xml, reason] of breaks) {
        const fault = faultOf(codec, valueOf(xml));
        assert.equal(`${fault.pointer} ${fault.code}`, `${member === '@any' ? '' : '/m'}/${member} raw-xml`);
        assert.match(fault.message, reason);
        if (/end tag|namespace "urn:elsewhere"/.test(reason.source)) continue;
        for (const generalOnly of [false, true])
          assert.throws(
            () => codec.decode(envelopeWith(codec, member, fits[0]!, xml), { generalOnly }),
            DecodeError,
          );
      }
    });
  });
}

describe('an attribute at a wildcard', () => {
  it('is held to its declaration unless skipped, and must have one where the wildcard is strict', async () => {
    const taken = { '{urn:test}rank': '1' };
    const wrong = { '{urn:test}rank': 'high' };
    const strange = { '{urn:strange}a': 'x' };
    for (const [processContents, expected] of Object.entries({
      strict: [true, false, false],
      lax: [true, false, true],
      skip: [true, true, true],
    })) {
      const run = `<xs:element name="Run"><xs:complexType><xs:anyAttribute processContents="${processContents}"/></xs:complexType></xs:element>`;
      const codec = compileCodec(await contractOfSchema(run + OTHERS), { operation: 'Run' }).input;
      const open = Buffer.from(codec.encode({})).toString();
      for (const [index, attributes] of [taken, wrong, strange].entries()) {
        const [[name, value]] = Object.entries(attributes) as [[string, string]];
        const [, namespace = '', local = ''] = /^\{(.*)\}(.*)$/.exec(name)!;
        const xml = open.replace(
          /<(tns:)?Run/,
          (start) => `${start} xmlns:z="${namespace}" z:${local}="${value}"`,
        );
        if (expected[index]) {
          codec.encode({ '@anyAttribute': attributes });
          assert.equal(codec.decode(Buffer.from(xml)).kind, 'message');
        } else {
          assert.equal(
            faultOf(codec, { '@anyAttribute': attributes }).pointer.slice(0, 14),
            '/@anyAttribute',
          );
          assert.throws(() => codec.decode(Buffer.from(xml)), DecodeError);
        }
      }
    }
  });
});

/** The envelope of a fitting value with other raw XML in its place. */
function envelopeWith(codec: MessageCodec, member: string, fitting: string, xml: string): Uint8Array {
  const value: JsonValue = member === '@any' ? { '@any': fitting } : { m: { '@mixed': fitting } };
  const envelope = Buffer.from(codec.encode(value)).toString();
  assert.ok(envelope.includes(fitting));
  return Buffer.from(envelope.replace(fitting, () => xml));
}

function faultOf(codec: MessageCodec, value: JsonValue): ValueError['faults'][number] {
  try {
    codec.encode(value);
  } catch (error) {
    assert.ok(error instanceof ValueError, String(error));
    return error.faults[0]!;
  }
  return assert.fail(`${JSON.stringify(value)} was taken`);
}

describe('raw XML at a strict wildcard of a contract read leniently', () => {
  it('needs no declaration, and is held to the one it has', async () => {
    const run = `<xs:element name="Run"><xs:complexType>${any('processContents="strict"')}</xs:complexType></xs:element>`;
    const contract = await contractOfSchema(run + OTHERS, { lenient: true });
    const { input } = compileCodec(contract, { operation: 'Run' });
    for (const xml of [STRANGER, '<Amount/>']) {
      const { json } = input.decode(input.encode({ '@any': xml })) as { json: Uint8Array };
      assert.match(Buffer.from(json).toString(), /@any/);
    }
    assert.throws(() => input.encode({ '@any': NO_CURRENCY }), /"currency" is required/);
  });
});
