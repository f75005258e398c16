import assert from 'node:assert/strict';
import { compileResponse, decodeRun, e, failureOfRun, runOf } from './decoding.ts';

interface Case {
  readonly title: string;
  readonly content: string;
  /** Content of `<t:Run>` and the JSON it gives. */
  readonly good: readonly (readonly [string, string])[];
  /** Content of `<t:Run>` and the error it gives. */
  readonly bad: readonly (readonly [string, string])[];
}

function int(name: string, occurs = ''): string {
  return `<xs:element name="${name}" type="xs:int" ${occurs}/>`;
}

/** Children by the letters of their names, with their position as value. */
function children(letters: string): string {
  return Array.from(letters, (letter, index) => e(letter, String(index))).join('');
}

const MANY = 'maxOccurs="unbounded"';
const ANY_NUMBER = `minOccurs="0" ${MANY}`;

const CASES: readonly Case[] = [
  {
    title: 'a sequence',
    content: `<xs:sequence>${int('A')}${int('B', 'minOccurs="0"')}${int('C')}</xs:sequence>`,
    good: [
      ['ABC', '{"a":0,"b":1,"c":2}'],
      ['AC', '{"a":0,"c":1}'],
    ],
    bad: [
      ['', 'missing-element /Run'],
      ['A', 'missing-element /Run'],
      ['BC', 'missing-element /Run'],
      ['AB', 'missing-element /Run'],
      ['ACB', 'unexpected-element /Run/B'],
      ['AAC', 'missing-element /Run'],
      ['ABBC', 'missing-element /Run'],
      ['ABCX', 'unexpected-element /Run/X'],
      ['XABC', 'unexpected-element /Run/X'],
    ],
  },
  {
    title: 'repeated elements',
    content: `<xs:sequence>${int('A', ANY_NUMBER)}${int('B', 'minOccurs="2" maxOccurs="3"')}${int('C', ANY_NUMBER)}</xs:sequence>`,
    good: [
      ['BB', '{"a":[],"b":[0,1],"c":[]}'],
      ['ABBBC', '{"a":[0],"b":[1,2,3],"c":[4]}'],
      ['AABBCC', '{"a":[0,1],"b":[2,3],"c":[4,5]}'],
    ],
    bad: [
      ['B', 'missing-element /Run'],
      ['BC', 'missing-element /Run'],
      ['BBBB', 'unexpected-element /Run/B'],
      ['BBA', 'unexpected-element /Run/A'],
    ],
  },
  {
    title: 'a choice',
    content: `<xs:choice>${int('A')}${int('B', ANY_NUMBER)}<xs:sequence>${int('C')}${int('D')}</xs:sequence></xs:choice>`,
    good: [
      ['A', '{"a":0}'],
      ['BB', '{"b":[0,1]}'],
      ['CD', '{"c":0,"d":1}'],
      ['', '{}'],
    ],
    bad: [
      ['AB', 'unexpected-element /Run/B'],
      ['C', 'missing-element /Run'],
      ['BA', 'unexpected-element /Run/A'],
    ],
  },
  {
    title: 'a repeating choice, whose order is kept',
    content: `<xs:choice ${ANY_NUMBER}>${int('A')}${int('B')}</xs:choice>`,
    good: [
      ['', '{}'],
      ['BAAB', '{"@choice":[{"b":0},{"a":1},{"a":2},{"b":3}]}'],
    ],
    bad: [['AX', 'unexpected-element /Run/X']],
  },
  {
    title: 'a repeating sequence',
    content: `<xs:sequence minOccurs="2" maxOccurs="3">${int('A')}${int('B', ANY_NUMBER)}</xs:sequence>`,
    good: [
      ['AA', '{"@sequence":[{"a":0,"b":[]},{"a":1,"b":[]}]}'],
      ['ABBAB', '{"@sequence":[{"a":0,"b":[1,2]},{"a":3,"b":[4]}]}'],
    ],
    bad: [
      ['', 'missing-element /Run'],
      ['AB', 'missing-element /Run'],
      ['AAAA', 'unexpected-element /Run/A'],
    ],
  },
  {
    title: 'groups in groups',
    content: `<xs:sequence>${int('A')}<xs:choice ${ANY_NUMBER}><xs:sequence>${int('B')}${int('C', ANY_NUMBER)}</xs:sequence>${int('D')}</xs:choice><xs:sequence minOccurs="0">${int('E')}${int('F')}</xs:sequence>${int('G')}</xs:sequence>`,
    good: [
      ['AG', '{"a":0,"g":1}'],
      ['ABCCDBG', '{"a":0,"@choice":[{"b":1,"c":[2,3]},{"d":4},{"b":5}],"g":6}'],
      ['ADEFG', '{"a":0,"@choice":[{"d":1}],"e":2,"f":3,"g":4}'],
    ],
    bad: [
      ['AEG', 'missing-element /Run'],
      ['ACG', 'missing-element /Run'],
      ['ABD', 'missing-element /Run'],
    ],
  },
  {
    title: 'an all group, in any order',
    content: `<xs:all>${int('A')}${int('B', 'minOccurs="0"')}${int('C')}</xs:all>`,
    good: [
      ['CBA', '{"c":0,"b":1,"a":2}'],
      ['AC', '{"a":0,"c":1}'],
    ],
    bad: [
      ['A', 'missing-element /Run'],
      ['ACA', 'unexpected-element /Run/A'],
      ['', 'missing-element /Run'],
    ],
  },
];

describe('content models', () => {
  for (const { title, content, good, bad } of CASES) {
    describe(title, () => {
      it('gives JSON for what fits', async () => {
        const codec = await compileResponse(runOf(content));
        for (const [letters, json] of good) assert.equal(decodeRun(codec, children(letters)), json, letters);
      });

      it('refuses what does not fit, with its path', async () => {
        const codec = await compileResponse(runOf(content));
        for (const [letters, failure] of bad)
          assert.equal(failureOfRun(codec, children(letters)), failure, letters);
      });
    });
  }

  it('ignores white space and comments between elements, but no other text', async () => {
    const codec = await compileResponse(runOf(`<xs:sequence>${int('A')}</xs:sequence>`));
    assert.equal(decodeRun(codec, '\r\n <!-- x --><t:A>1</t:A><![CDATA[ ]]>\n'), '{"a":1}');
    assert.equal(failureOfRun(codec, '<t:A>1</t:A>x'), 'unexpected-text /Run');
    assert.equal(failureOfRun(codec, '<t:A>1<t:B/></t:A>'), 'unexpected-element /Run/A/B');
  });

  it('distinguishes names by their namespace', async () => {
    const codec = await compileResponse(runOf(`<xs:sequence>${int('A')}</xs:sequence>`));
    assert.equal(decodeRun(codec, '<A xmlns="urn:t">1</A>'), '{"a":1}');
    assert.equal(failureOfRun(codec, '<A>1</A>'), 'unexpected-element /Run/A');
    assert.equal(failureOfRun(codec, '<A xmlns="urn:other">1</A>'), 'unexpected-element /Run/A');
  });

  it('says what was expected', async () => {
    const codec = await compileResponse(
      runOf(`<xs:sequence>${int('A', 'minOccurs="0"')}${int('B')}</xs:sequence>`),
    );
    assert.throws(
      () => decodeRun(codec, children('X')),
      /<X> in namespace "urn:t" is not expected here, but <A> or <B>/,
    );
    assert.throws(
      () => decodeRun(codec, '<B xmlns="urn:other">1</B>'),
      /<B> in namespace "urn:other" is not expected here, but <A> or <B> in namespace "urn:t"$/,
    );
    assert.throws(() => decodeRun(codec, '<B>1</B>'), /<B> in no namespace .* <B> in namespace "urn:t"$/);
    assert.throws(() => decodeRun(codec, children('A')), /<B> is missing at the end/);
  });

  it('follows a recursive type as deep as the limit allows', async () => {
    const codec = await compileResponse({
      schema:
        '<xs:element name="Run" type="t:Node"/><xs:complexType name="Node"><xs:sequence><xs:element name="Node" type="t:Node" minOccurs="0"/></xs:sequence></xs:complexType>',
    });
    const depth = 200;
    const json = decodeRun(codec, '<t:Node>'.repeat(depth) + '</t:Node>'.repeat(depth));
    assert.equal(json, `${'{"node":'.repeat(depth)}{}${'}'.repeat(depth)}`);
    assert.match(failureOfRun(codec, '<t:Node>'.repeat(100_000)), /^limit-exceeded/);
  });
});

describe('wildcards', () => {
  const ANY = `<xs:any namespace="##any" processContents="lax" ${ANY_NUMBER}/>`;

  it('keep elements as XML that stands for itself', async () => {
    const codec = await compileResponse(
      runOf(`<xs:sequence>${int('A')}${ANY.replace('##any', '##other')}</xs:sequence>`),
    );
    const json = decodeRun(
      codec,
      `<t:A>1</t:A><o:x xmlns:o="urn:o" o:b="&lt;" c="t:q"><!-- --><t:y>&amp;<![CDATA[<]]></t:y><o:z/></o:x><n xmlns="urn:n"/>`,
    );
    assert.deepEqual(JSON.parse(json), {
      a: 1,
      '@any': [
        '<o:x xmlns:t="urn:t" xmlns:o="urn:o" o:b="&lt;" c="t:q"><t:y>&amp;&lt;</t:y><o:z/></o:x>',
        '<n xmlns="urn:n"/>',
      ],
    });
  });

  it('give way to element declarations, those behind them too', async () => {
    const codec = await compileResponse(
      runOf(
        `<xs:sequence>${int('A')}<xs:any namespace="##other" ${ANY_NUMBER}/><xs:element name="B" type="xs:int" minOccurs="0"/></xs:sequence>`,
      ),
    );
    assert.equal(decodeRun(codec, children('AB')), '{"a":0,"@any":[],"b":1}');
    assert.equal(failureOfRun(codec, children('AX')), 'unexpected-element /Run/X');
  });

  it('take the default namespace in force along', async () => {
    const codec = await compileResponse(runOf(`<xs:sequence>${ANY}</xs:sequence>`));
    assert.equal(decodeRun(codec, '<x/>', ' xmlns="urn:d"'), '{"@any":["<x xmlns=\\"urn:d\\"/>"]}');
  });
});
