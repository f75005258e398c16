import assert from 'node:assert/strict';
import fc from 'fast-check';
import { defaultLimits, type MessageCodec } from '../../../wsdl/index.ts';
import { SpecialisedDecoder } from '../../../wsdl/codec/specialised/specialised-decoder.ts';
import { arrayType, compileEncoded, SOAP_ENC, structType } from '../codec/encoded/encoded-service.ts';
import { decodeByBoth, outcomeOf } from './both-decoders.ts';

const MEMBERS = Array.from(
  { length: 30 },
  (_, index) => `<xs:element name="m${index}" type="xs:int" minOccurs="0"/>`,
);

const SCHEMA = [
  structType(
    'Item',
    '<xs:element name="id" type="xs:int"/><xs:element name="name" type="xs:string"/><xs:element name="next" type="t:Item" minOccurs="0"/>',
  ),
  '<xs:complexType name="Special"><xs:complexContent><xs:extension base="t:Item"><xs:sequence><xs:element name="more" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>',
  `<xs:complexType name="Wide"><xs:all><xs:element name="need" type="xs:string"/>${MEMBERS.join('')}</xs:all></xs:complexType>`,
  arrayType('Items', 't:Item[]'),
  arrayType('Words', 'xs:string[]'),
  arrayType('Anything', 'xs:anyType[]'),
].join('');

const PARTS =
  '<part name="items" type="t:Items"/><part name="words" type="t:Words"/><part name="wide" type="t:Wide"/><part name="any" type="t:Anything"/>';

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';

function message(parts: string, after = '', style = ` s:encodingStyle="${SOAP_ENC}"`): Buffer {
  return Buffer.from(
    `<s:Envelope xmlns:s="${ENVELOPE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ` +
      `xmlns:t="urn:t" xmlns:e="${SOAP_ENC}"><s:Body><t:RunResponse${style}>${parts}</t:RunResponse>${after}</s:Body></s:Envelope>`,
  );
}

const ITEM =
  '<item xsi:type="t:Item"><id xsi:type="xsd:int">1</id><name xsi:type="xsd:string">a</name></item>';
const ITEMS = `<items e:arrayType="t:Item[2]" xsi:type="e:Array">${ITEM}${ITEM}</items>`;

/** Layouts of servers, and what may be wrong with them. */
const ATTRIBUTES = fc.constantFrom(
  ...[
    '',
    '',
    ' xsi:type="t:Item"',
    ' xsi:type="t:Special"',
    ' xsi:type="xsd:string"',
    ' xsi:type="x:Unknown"',
    ' xsi:type=" t:Special "',
  ],
  ...[
    ' xsi:type="e:Array"',
    ' e:arrayType="t:Item[2]"',
    ' e:arrayType="t:Special[]"',
    ' e:arrayType="xsd:string[1,2]"',
    ' e:arrayType="t:Item[][2]"',
  ],
  ...[
    ' id="i1"',
    ' href="#i1"',
    ' e:root="0"',
    ' e:position="[2]"',
    ' e:offset="[1]"',
    ' xsi:nil="true"',
    ' xsi:nil="0"',
    ' xsi:type="xsd:string&x;"',
    ' xsi:null="1"',
    ' a="b"',
  ],
);
const NAMES = [
  'id',
  'name',
  'next',
  'more',
  'item',
  'items',
  'words',
  'wide',
  'need',
  'm0',
  'm29',
  't:item',
  'Item',
  'any',
];

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(fc.constantFrom(...NAMES), ATTRIBUTES, ATTRIBUTES, tie('content'))
    .map(([name, one, other, content]) => `<${name}${one}${other}>${content}</${name}>`),
  content: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('', '1', 'text', ' ', '&amp;', ITEM),
    fc.array(tie('element'), { maxLength: 4 }).map((all) => all.join('')),
  ),
}));

describe('messages of SOAP encoding, read by the specialised decoder', () => {
  let codec: MessageCodec;
  let decoder: SpecialisedDecoder;

  before(async () => {
    const { contract, codec: codecs } = await compileEncoded({ schema: SCHEMA, parts: PARTS });
    const { operation, soapVersion } = codecs;
    codec = codecs.output!;
    decoder = new SpecialisedDecoder({
      contract,
      soapVersion,
      message: operation.output!,
      faults: [],
      isAnswer: true,
    });
  });

  it('need no general decoder in the usual layout, with or without types, in any order', () => {
    const wide =
      '<wide xsi:type="t:Wide"><m29>3</m29><need xsi:type="xsd:string">n</need><m1 xsi:type="xsd:int">2</m1></wide>';
    const words =
      '<words xsi:type="t:Words" e:arrayType="xsd:string[2]"><x xsi:type="xsd:string">a</x><y>b</y></words>';
    const nothing = '<any xsi:nil="true"/>';
    for (const parts of [ITEMS + words + wide, wide + nothing + words + ITEMS, `${wide}<words/>`]) {
      assert.ok(decoder.decode(message(parts)));
      decodeByBoth(codec, message(parts));
    }
    assert.equal(
      decodeByBoth(codec, message(`${wide}<words/>`)),
      '{"wide":{"m29":3,"need":"n","m1":2},"words":[],"items":null,"any":null}',
    );
  });

  it('keep the type that an item names, where the contract lets it choose', () => {
    const special = ITEM.replace('t:Item', 't:Special').replace('</item>', '<more>m</more></item>');
    const parts = `<items e:arrayType="t:Item[1]">${special}</items>`;
    assert.ok(decoder.decode(message(parts)));
    assert.match(decodeByBoth(codec, message(parts)), /\{"@type":"Special","id":1,"name":"a","more":"m"\}/);
    // The array names the type of items that name none.
    const other = parts.replace('t:Item[1]', 't:Special[1]').replace(' xsi:type="t:Special"', '');
    assert.match(decodeByBoth(codec, message(other)), /"@type":"Special"/);
  });

  it('may say in each message how many items there are, or something else that decides', () => {
    const tags = [
      ' e:arrayType="t:Item[1]"',
      ' e:arrayType="t:Item[]"',
      ' e:arrayType="t:Item[999]"',
      ' e:arrayType="t:Item[1,1]"',
      ' e:arrayType="t:Item[x]"',
      ' e:arrayType="t:Item[1]" xsi:nil="true"',
      ' e:arrayType="t:Item[1]" id="i"',
      ' xsi:type="t:Items" e:arrayType="t:Item[2]"',
      ' xmlns:u="urn:u" e:arrayType="t:Item[1]"',
      ' e:arrayType="t:Special[1]"',
    ];
    for (const first of tags)
      for (const second of tags) {
        decodeByBoth(codec, message(`<items${first}>${ITEM}</items>`));
        decodeByBoth(codec, message(`<items${second}>${ITEM}</items>`));
        decodeByBoth(codec, message(`<items${second.replace('>', '/>')}/>`));
      }
  });

  it('are left to the general decoder where something refers to something', () => {
    const item = ITEM.replace('<item', '<multiRef id="i1"').replace('</item>', '</multiRef>');
    const parts = '<items e:arrayType="t:Item[1]"><item href="#i1"/></items>';
    assert.equal(decoder.decode(message(parts, item)), undefined);
    assert.match(decodeByBoth(codec, message(parts, item)), /"items":\[\{"id":1,"name":"a"\}\]/);
  });

  it('keep the limit on elements', () => {
    const limits = { ...defaultLimits, maxEncodedElements: 5 };
    assert.match(
      outcomeOf(() => codec.decode(message(ITEMS), { limits })),
      /^limit-exceeded/,
    );
  });

  it('mean the same to both decoders, whatever is in them', () => {
    const parts = fc.array(
      fc.oneof(element, fc.constantFrom(ITEMS, '<words><i>a</i></words>', '<wide><need>n</need></wide>')),
      { maxLength: 4 },
    );
    const style = fc.constantFrom(
      ` s:encodingStyle="${SOAP_ENC}"`,
      '',
      ' id="i1"',
      ' e:root="1"',
      ' xmlns="urn:d"',
    );
    fc.assert(
      fc.property(parts, fc.oneof(fc.constant(''), element), style, (all, after, attributes) => {
        decodeByBoth(codec, message(all.join(''), after, attributes));
      }),
      { numRuns: 600 },
    );
  });
});
