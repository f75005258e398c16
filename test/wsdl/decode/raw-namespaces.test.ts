import assert from 'node:assert/strict';
import { canonical } from '../../../cli/doctor/canonical.ts';
import { compileResponse, decodeRun, runOf } from './decoding.ts';

const RUN = runOf(`<xs:sequence>
  <xs:element name="M" minOccurs="0"><xs:complexType mixed="true"><xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  <xs:any namespace="##other" processContents="skip" minOccurs="0"/></xs:sequence>`);

/** Raw XML in the scope of `xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"`, and what it is by itself. */
const FRAGMENTS: Readonly<Record<string, readonly [xml: string, alone: string]>> = {
  'the default namespace of elements': ['<a><b/></a>', '<a xmlns="urn:d"><b/></a>'],
  'the default namespace for what is inside': [
    '<p:a><b/></p:a>',
    '<p:a xmlns="urn:d" xmlns:p="urn:p"><b/></p:a>',
  ],
  'the end of the default namespace': [
    '<p:a xmlns=""><b/></p:a>',
    '<p:a xmlns="" xmlns:p="urn:p"><b/></p:a>',
  ],
  'prefixes of attributes': [
    '<p:a q:b="1"/>',
    '<p:a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q" q:b="1"/>',
  ],
  'prefixes in xsi:type': [
    '<p:a xsi:type="q:T"/>',
    '<p:a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="q:T"/>',
  ],
  'prefixes in attributes and texts': [
    '<p:a path="/q:x/xs:y">xsi:z</p:a>',
    '<p:a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" path="/q:x/xs:y">xsi:z</p:a>',
  ],
  'prefixes in CDATA sections and split texts': [
    '<p:a><![CDATA[q]]>:x</p:a>',
    '<p:a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q">q:x</p:a>',
  ],
  'what is declared anew inside': [
    '<p:a xmlns:q="urn:new"><q:b xmlns:p="urn:inner"><p:c/></q:b></p:a>',
    '<p:a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:new"><q:b xmlns:p="urn:inner"><p:c/></q:b></p:a>',
  ],
  'what is declared anew further inside, and used before': [
    '<p:a><p:b xmlns:q="urn:new"/><c v="q:x"/></p:a>',
    '<p:a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"><p:b xmlns:q="urn:new"/><c v="q:x"/></p:a>',
  ],
};

describe('raw XML that is taken out of its place keeps', () => {
  const scope = ' xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"';
  for (const [what, [xml, alone]] of Object.entries(FRAGMENTS)) {
    it(what, async () => {
      const codec = await compileResponse(RUN);
      const any = JSON.parse(decodeRun(codec, xml, scope)) as { '@any': string };
      assert.equal(canonical(any['@any']), canonical(alone));
      assert.deepEqual(declared(any['@any']), declared(alone));
      const mixed = JSON.parse(decodeRun(codec, `<t:M>x${xml}y</t:M>`, scope)) as { m: { '@mixed': string } };
      assert.equal(mixed.m['@mixed'], `x${any['@any']}y`);
    });
  }
});

/** The namespace declarations of the outermost element, which canonical XML may leave out. */
function declared(xml: string): string[] {
  const [tag = ''] = /^<[^>]*>/.exec(xml) ?? [];
  return (tag.match(/xmlns[^=]*="[^"]*"/g) ?? []).toSorted();
}
