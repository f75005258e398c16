import assert from 'node:assert/strict';
import { readEvents, verdict } from './read-events.ts';

const EVERYTHING = `<?xml version="1.0" encoding="UTF-8"?>
<!-- before -->
<p:root xmlns:p="urn:p" xmlns="urn:d" p:a="1 &lt; 2" b='x
y'>\r
  <child xml:lang="de">Grüße 😀 &amp; &#x1F600; <![CDATA[<raw> & ]]]]><![CDATA[> é]]> end\r</child><!-- c -->
  <empty/><p:empty xmlns:p="urn:q"></p:empty><?pi data?>
  <inner xmlns=""><x p:a="2"/></inner>
</p:root>
<!-- after -->`;

describe('the tokenizer', () => {
  it('expands names by the namespaces in scope', () => {
    assert.equal(
      readEvents(
        '<p:a xmlns:p="urn:p" xmlns="urn:d" x="1" p:y="2"><b><p:c xmlns:p="urn:q" xmlns=""><d/></p:c></b><b/></p:a>',
      ),
      '<{urn:p}a @x=1 @{urn:p}y=2 <{urn:d}b <{urn:q}c <d > > > <{urn:d}b > >',
    );
  });

  it('uses declarations that stand behind their use in the tag', () => {
    assert.equal(readEvents('<p:a p:b="1" xmlns:p="urn:p"/>'), '<{urn:p}a @{urn:p}b=1 >');
  });

  it('expands references and joins CDATA sections to the text', () => {
    assert.equal(readEvents('<a>1 &lt; <![CDATA[2 & ]]>&#51;&#x34;</a>'), '<a "1 < 2 & 34" >');
  });

  it('expands a reference once only', () => {
    assert.equal(readEvents('<a b="&amp;lt;">&amp;#65;</a>'), '<a @b=&lt; "&#65;" >');
  });

  it('turns every line end into a line feed, but not a referenced carriage return', () => {
    assert.equal(readEvents('<a>1\r\n2\r3\n4&#13;\n<![CDATA[5\r\n]]></a>'), '<a "1\n2\n3\n4\r\n5\n" >');
  });

  it('turns white space in attribute values into spaces, but not where it is referenced', () => {
    assert.equal(readEvents('<a b="1\r\n2\t3\n4&#10;&#9;"/>'), '<a @b=1 2 3 4\n\t >');
  });

  it('leaves a text whole around comments and processing instructions', () => {
    assert.equal(readEvents('<a>1<!-- 2 -->3<?p 4?>5</a>'), '<a "135" >');
  });

  it('gives the same events for every split into chunks', () => {
    const whole = readEvents(EVERYTHING);
    const length = Buffer.byteLength(EVERYTHING);
    for (let chunk = 1; chunk < length; chunk++)
      assert.equal(readEvents(EVERYTHING, { chunk }), whole, `chunks of ${chunk}`);
  });

  it('gives the same events when tokens are larger than its window', () => {
    const text = 'é&amp;'.repeat(60_000);
    const document = `<a b="${text}"><!--${text}-->${text}<![CDATA[${text}]]><?p ${text}?></a>`;
    const plain = 'é&'.repeat(60_000);
    assert.equal(readEvents(document), `<a @b=${plain} "${plain}${text}" >`);
    assert.equal(readEvents(document, { chunk: 1000 }), readEvents(document));
  });

  it('takes a long tag in tiny chunks in linear time', () => {
    const document = `<a b="${'x'.repeat(300_000)}"/>`;
    const start = performance.now();
    readEvents(document, { chunk: 1 });
    assert.ok(performance.now() - start < 3000);
  });
});

describe('the limits of the tokenizer', () => {
  const cases: readonly (readonly [string, string, object])[] = [
    ['depth', '<a><a><a/></a></a>', { maxDepth: 2 }],
    ['bytes', '<a>12345</a>', { maxBytes: 11 }],
    ['attributes', '<a b="" c="" d=""/>', { maxAttributes: 2 }],
    ['namespace declarations', '<a b="" xmlns:c="c" xmlns:d="d"/>', { maxAttributes: 2 }],
    ['elements', '<a><b/><c/></a>', { maxElements: 2 }],
    ['bytes of a text', '<a>12345678901</a>', { maxTextBytes: 10 }],
    ['bytes of a text in pieces', '<a>12345<!-- -->678901</a>', { maxTextBytes: 10 }],
    ['bytes of an attribute value', '<a b="12345678901"/>', { maxTextBytes: 10 }],
    ['bytes of a CDATA section', '<a><![CDATA[12345678901]]></a>', { maxTextBytes: 10 }],
    ['bytes of a comment', '<a><!--12345678901--></a>', { maxTextBytes: 10 }],
    ['bytes of a name', `<${'a'.repeat(20_000)}/>`, {}],
  ];
  for (const [what, document, limits] of cases) {
    it(`bound the ${what}, in any chunks`, () => {
      assert.equal(verdict(document, { limits }), 'limit-exceeded');
      assert.equal(verdict(document, { limits, chunk: 1 }), 'limit-exceeded');
    });
  }

  it('refuse a million nested elements without a deep call stack', () => {
    assert.equal(verdict('<a>'.repeat(1_000_000)), 'limit-exceeded');
  });

  it('bound what is kept of a text that never ends', () => {
    assert.equal(
      verdict(`<a>${'x'.repeat(100_000)}`, { limits: { maxTextBytes: 50_000 }, chunk: 1000 }),
      'limit-exceeded',
    );
  });

  it('let pass what is within them', () => {
    const limits = { maxDepth: 2, maxAttributes: 2, maxElements: 3, maxTextBytes: 30, maxBytes: 60 };
    assert.equal(verdict('<a b="" c=""><b>12345</b><c/></a>', { limits }), '<a @b= @c= <b "12345" > <c > >');
  });
});

describe('a DTD', () => {
  const documents = [
    '<!DOCTYPE a>',
    '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    '<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>',
  ];
  for (const document of documents) {
    it(`is refused where it begins: ${document}`, () => {
      assert.equal(verdict(document), 'dtd-forbidden');
      assert.equal(verdict(document, { chunk: 1 }), 'dtd-forbidden');
      assert.equal(verdict(document.slice(0, document.indexOf('DOCTYPE') + 7)), 'dtd-forbidden');
    });
  }
});
