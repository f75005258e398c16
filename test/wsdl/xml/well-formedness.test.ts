import assert from 'node:assert/strict';
import { XmlDocument } from 'libxml2-wasm';
import { verdict } from './read-events.ts';

const WELL_FORMED: readonly string[] = [
  '<a/>',
  '<a></a>',
  '<a ></a >',
  '<a\n\tb="1"\r\nc=\'2\' />',
  '<a b = "1"/>',
  '<a b="it\'s"/>',
  '<a b=\'say "x"\'/>',
  '<a b="a>b"/>',
  '<?xml version="1.0"?><a/>',
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a/>',
  "<?xml version='1.0' encoding='utf-8' ?><a/>",
  '<?xml version="1.1"?><a/>',
  '<a/>\n<!-- after --><?pi after?>\n',
  '<!-- before --><?pi?><a/>',
  '<a><!----></a>',
  '<a><!-- - --></a>',
  '<a><![CDATA[]]></a>',
  '<a><![CDATA[<b>&amp;]]]></a>',
  '<a><![CDATA[x]]]]><![CDATA[>]]></a>',
  '<a>]] ></a>',
  '<a>></a>',
  '<a>&lt;&gt;&amp;&quot;&apos;</a>',
  '<a b="&lt;&#10;"/>',
  '<a>&#x1F600;&#128512;&#0065;</a>',
  '<a>😀 é 漢字</a>',
  '<é ö="ü">ß</é>',
  '<_a.b-c·d/>',
  '<a>\u0085\u2028\u007F</a>',
  '<a xmlns="urn:a"><b xmlns=""/></a>',
  '<p:a xmlns:p="urn:a"/>',
  '<p:a xmlns:p="urn:a"><p:a xmlns:p="urn:b" p:x="1"/></p:a>',
  '<a x="1" p:x="2" xmlns:p="urn:p"/>',
  '<a xmlns="urn:a" xmlns:p="urn:a" x="1" p:x="2"/>',
  '<a xml:lang="en" xml:space="preserve"/>',
  '<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
  '<a p:b="1" xmlns:p="urn:p"/>',
  '<a><?target some <data> & more ?></a>',
  '<a><?XmlX ok?></a>',
  '<xmlfoo/>',
  '<a a0="0" a1="1" a2="2" a3="3" a4="4" a5="5" a6="6" a7="7" a8="8" a9="9" a10="10" a11="11"/>',
];

const NOT_WELL_FORMED: readonly string[] = [
  'text',
  '<a/>text',
  'text<a/>',
  '<a/><b/>',
  '</a>',
  '<a></b>',
  '<a></a b="1">',
  '<a><b></a></b>',
  '<A></a>',
  '<a b="1"c="2"/>',
  '<a b=1/>',
  '<a b/>',
  '<a b="1" b="2"/>',
  '<a b="<"/>',
  '<a a0="0" a1="1" a2="2" a3="3" a4="4" a5="5" a6="6" a7="7" a8="8" a9="9" a10="10" a11="11" a5=""/>',
  '<a b="1/>',
  '< a/>',
  '<a/ >',
  '<1a/>',
  '<-a/>',
  '<a:b:c xmlns:a="urn:a"/>',
  '<:a/>',
  '<a:/>',
  '<a:1 xmlns:a="urn:a"/>',
  '<p:a/>',
  '<a p:b="1"/>',
  '<a><p:b xmlns:p="urn:p"/><p:b/></a>',
  '<a xmlns:p="urn:a" xmlns:q="urn:a" p:x="1" q:x="2"/>',
  '<a xmlns:p=""/>',
  '<a xmlns:p="urn:a" xmlns:p="urn:b"/>',
  '<a xmlns:xml="urn:a"/>',
  '<a xmlns:xmlns="urn:a"/>',
  '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>',
  '<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>',
  '<a xmlns="http://www.w3.org/2000/xmlns/"/>',
  '<xmlns:a/>',
  '<a>&nbsp;</a>',
  '<a>&lt</a>',
  '<a>&</a>',
  '<a>& amp;</a>',
  '<a>&#;</a>',
  '<a>&#x;</a>',
  '<a>&#xD800;</a>',
  '<a>&#0;</a>',
  '<a>&#x110000;</a>',
  '<a>&#xFFFE;</a>',
  '<a>&#X41;</a>',
  '<a b="&unknown;"/>',
  '<a>]]></a>',
  '<a>\u0001</a>',
  '<a>\u0000</a>',
  '<a>\uFFFF</a>',
  '<a b="\u0002"/>',
  '<a><!-- \u0003 --></a>',
  '<a><!-- -- --></a>',
  '<a><!-- ---></a>',
  '<a><!- x --></a>',
  '<a><![cdata[x]]></a>',
  '<![CDATA[x]]><a/>',
  '<a/><![CDATA[x]]>',
  '<a><![CDATA[\u0004]]></a>',
  ' <?xml version="1.0"?><a/>',
  '<a><?xml version="1.0"?></a>',
  '<?xml?><a/>',
  '<?xml version="2.0"?><a/>',
  '<?xml encoding="UTF-8" version="1.0"?><a/>',
  '<?xml version="1.0" standalone="maybe"?><a/>',
  '<?XML version="1.0"?><a/>',
  '<?pi:x y?><a/>',
  '<? pi?><a/>',
  '<?pi+?><a/>',
];

const CUT_OFF: readonly string[] = [
  '',
  ' ',
  '<',
  '<a',
  '<a ',
  '<a b="',
  '<a>',
  '<a>text',
  '<a></a',
  '<a><!-- x',
  '<a><![CDATA[x]]',
  '<?pi',
  '<!-- --><!',
];

describe('well-formedness', () => {
  for (const document of WELL_FORMED) {
    it(`accepts ${JSON.stringify(document)}, as libxml2 does`, () => {
      assert.equal(libxml2Accepts(Buffer.from(document)), true);
      assert.match(verdict(document), /^</);
    });
  }

  for (const document of NOT_WELL_FORMED) {
    it(`refuses ${JSON.stringify(document)}, as libxml2 does`, () => {
      assert.equal(libxml2Accepts(Buffer.from(document)), false);
      assert.match(verdict(document), /^(not-xml|cut-off)$/);
    });
  }

  for (const document of CUT_OFF) {
    it(`says that ${JSON.stringify(document)} is cut off`, () => {
      assert.equal(libxml2Accepts(Buffer.from(document)), false);
      assert.equal(verdict(document), 'cut-off');
    });
  }

  it('comes to the same verdict when the bytes come one by one', () => {
    for (const document of [...WELL_FORMED, ...NOT_WELL_FORMED, ...CUT_OFF]) {
      assert.equal(verdict(document, { chunk: 1 }), verdict(document), document);
    }
  });

  const MALFORMED_UTF8 = ['c0af', 'eda080', 'f4908080', 'ff', 'e282', 'c3'];
  for (const hex of MALFORMED_UTF8) {
    it(`refuses the bytes ${hex}, which are not UTF-8, wherever they stand`, () => {
      for (const [before, after] of [
        ['<a>', '</a>'],
        ['<a b="', '"/>'],
        ['<a><!--', '--></a>'],
        ['<a><![CDATA[', ']]></a>'],
        ['<a><?p ', '?></a>'],
        ['<a', '/>'],
      ]) {
        const document = Buffer.concat([Buffer.from(before!), Buffer.from(hex, 'hex'), Buffer.from(after!)]);
        assert.equal(libxml2Accepts(document), false, before);
        assert.equal(verdict(document), 'not-xml', before);
        assert.equal(verdict(document, { chunk: 1 }), 'not-xml', before);
      }
    });
  }
});

function libxml2Accepts(document: Uint8Array): boolean {
  try {
    XmlDocument.fromBuffer(document).dispose();
    return true;
  } catch {
    return false;
  }
}
