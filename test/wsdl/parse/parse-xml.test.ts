import assert from 'node:assert/strict';
import { defaultLimits, formatDiagnostic } from '../../../wsdl/index.ts';
import { Findings } from '../../../wsdl/parse/findings.ts';
import { parseXml } from '../../../wsdl/parse/parse-xml.ts';
import { SourceText } from '../../../wsdl/parse/source-text.ts';
import type { XmlElement } from '../../../wsdl/parse/xml-element.ts';

function parse(
  text: string,
  limits = defaultLimits,
): { root: XmlElement | undefined; diagnostics: string[] } {
  const findings = new Findings();
  const root = parseXml(new SourceText('a.xml', text), limits, findings);
  return { root, diagnostics: findings.diagnostics.map(formatDiagnostic) };
}

describe('parseXml', () => {
  it('keeps names, attributes, order and text, references expanded and CDATA as it stands', () => {
    const { root } = parse(
      '<p:a xmlns:p="urn:p" x=" 1 &lt;&#x32;\n" p:y="z"><!-- no --><b/>one &amp; <![CDATA[<&amp;>]]><c>two</c></p:a>',
    );
    assert.ok(root);
    assert.deepEqual(root.name, { namespace: 'urn:p', local: 'a' });
    assert.equal(root.attribute('x'), ' 1 <2 ');
    assert.equal(root.attribute('y', 'urn:p'), 'z');
    assert.deepEqual(
      root.children.map(({ rawName }) => rawName),
      ['b', 'c'],
    );
    assert.equal(root.text, 'one & <&amp;> two');
  });

  it('knows the line and column of every element, whatever ends the lines', () => {
    const { root } = parse('<a>\r\n  <b/>\n\n<c>\r\n<d/></c></a>');
    const places = (element: XmlElement): string[] => [
      `${element.rawName}@${element.location.line}:${element.location.column}`,
      ...element.children.flatMap(places),
    ];
    assert.deepEqual(root && places(root), ['a@1:1', 'b@2:3', 'c@4:1', 'd@5:1']);
  });

  it('reads QNames by the namespaces in scope, no namespace being the default one taken back', () => {
    const { root } = parse('<a xmlns="urn:d" xmlns:p="urn:1"><b xmlns="" xmlns:p="urn:2"/></a>');
    const [inner] = root?.children ?? [];
    assert.equal(inner?.name.namespace, '');
    assert.equal(inner.scope.lookup('p'), 'urn:2');
    assert.equal(root?.scope.lookup('p'), 'urn:1');
  });

  const refused: Readonly<Record<string, [text: string, diagnostic: RegExp]>> = {
    'a document type declaration': [
      '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
      /^a\.xml:2:1 error XML_DTD_FORBIDDEN/,
    ],
    'an entity declaration inside': ['<a>\n<!ENTITY e "x"></a>', /^a\.xml:2:1 error XML_DTD_FORBIDDEN/],
    'an undefined entity': ['<a>\n<b c="&e;"/></a>', /^a\.xml:2:1 error XML_NOT_WELL_FORMED.*entity/],
    'several roots': ['<a/>\n<b/>', /^a\.xml:2:1 error XML_NOT_WELL_FORMED.*exactly one root element/],
    'nothing at all': ['', /^a\.xml:1:1 error XML_NOT_WELL_FORMED/],
    'no XML': ['{"a": 1}', /^a\.xml:1:1 error XML_NOT_WELL_FORMED/],
    'tags that do not match': ['<a>\n<b></a>', /^a\.xml:2:\d+ error XML_NOT_WELL_FORMED.*closing tag 'b'/],
    'an attribute given twice': ['<a b="1" b="2"/>', /XML_NOT_WELL_FORMED.*'b' is repeated/],
    'an attribute with <': ['<a b="<"/>', /XML_NOT_WELL_FORMED.*contains "<"/],
    'an illegal character': ['<a>\n\u0001</a>', /^a\.xml:2:1 error XML_NOT_WELL_FORMED: A character/],
    'a reference to an illegal character': ['<a>&#0;</a>', /XML_NOT_WELL_FORMED.*character reference/],
    'an unbound prefix of an element': [
      '<a><p:b/></a>',
      /^a\.xml:1:4 error XML_UNBOUND_PREFIX: The prefix "p"/,
    ],
    'an unbound prefix of an attribute': ['<a p:b="1"/>', /XML_UNBOUND_PREFIX: The prefix "p"/],
    'a prefix bound to nothing': ['<a xmlns:p=""/>', /XML_NOT_WELL_FORMED/],
  };
  for (const [what, [text, diagnostic]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      const { root, diagnostics } = parse(text);
      assert.equal(root, undefined);
      assert.equal(diagnostics.length, 1);
      assert.match(diagnostics[0] ?? '', diagnostic);
    });
  }

  const XSD = 'xmlns="http://www.w3.org/2001/XMLSchema"';

  it('skips the document type declaration of a schema without reading it', () => {
    const dtd = `<!DOCTYPE schema PUBLIC "-//W3C//DTD XMLSchema 200102//EN" "http://127.0.0.1:1/XMLSchema.dtd" [
      <!ATTLIST schema xmlns:ds CDATA #FIXED "]>"><!-- it's > ]> --><?pi ]> ?>
      <!ENTITY % p ''><!ENTITY x SYSTEM 'file:///etc/passwd'>]>`;
    const { root, diagnostics } = parse(`<?xml version="1.0"?>\n${dtd}\n<!-- a --><schema ${XSD}/>`);
    assert.deepEqual(diagnostics, []);
    assert.equal(root?.location.line, 5);
  });

  const REFUSED_SCHEMAS: Readonly<Record<string, string>> = {
    'refers to an entity that its declaration declares': `<!DOCTYPE s [<!ENTITY e "x">]><schema ${XSD} id="&e;"/>`,
    'refers to one in its text': `<!DOCTYPE s [<!ENTITY e "x">]><schema ${XSD}><a>&e;</a></schema>`,
    'has two declarations': `<!DOCTYPE s [<!ENTITY e "x">]><!DOCTYPE s><schema ${XSD}/>`,
    'has a declaration that does not end': `<!DOCTYPE s [<!ENTITY e "x"> <schema ${XSD}/>`,
    'only looks like one': `<!DOCTYPE s [<!ENTITY e "x">]><schema xmlns="urn:no" a="http://www.w3.org/2001/XMLSchema"/>`,
  };
  for (const [name, text] of Object.entries(REFUSED_SCHEMAS)) {
    it(`refuses a schema that ${name}`, () => {
      const { root, diagnostics } = parse(text);
      assert.equal(root, undefined);
      assert.match(diagnostics[0] ?? '', /error XML_(DTD_FORBIDDEN|NOT_WELL_FORMED)/);
    });
  }

  it('scans a declaration of a million quotes in no time', () => {
    const { diagnostics } = parse(`<!DOCTYPE s [${`"'`.repeat(500_000)}]><schema ${XSD}/>`);
    assert.deepEqual(diagnostics, []);
  });

  it('takes <!DOCTYPE in a comment or CDATA for the text it is', () => {
    assert.deepEqual(parse('<a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]></a>').diagnostics, []);
  });

  it('refuses a document nested a million deep at once', () => {
    const { diagnostics } = parse('<a>'.repeat(1_000_000) + '</a>'.repeat(1_000_000));
    assert.match(diagnostics[0] ?? '', /XML_LIMIT: Elements are nested more than 256 deep/);
  });

  it('keeps to its limits on elements and attributes', () => {
    const limits = { ...defaultLimits, maxElements: 3, maxAttributes: 2 };
    assert.match(
      parse('<a><b/><b/><b/></a>', limits).diagnostics.join(),
      /XML_LIMIT: There are more than 3 elements/,
    );
    assert.match(
      parse('<a b="1" c="2" d="3"/>', limits).diagnostics.join(),
      /XML_LIMIT: The element has more than 2 attributes/,
    );
  });
});

describe('Findings', () => {
  it('keeps the same finding at the same place once, and not more than a thousand of a kind', () => {
    const findings = new Findings();
    for (let i = 0; i < 3; i++) findings.error('XSD_INVALID', undefined, 'the same');
    assert.equal(findings.diagnostics.length, 1);
    for (let i = 0; i < 5000; i++) findings.warn('XSD_INVALID', undefined, `finding ${i}`);
    assert.equal(findings.diagnostics.length, 1002);
    assert.match(findings.diagnostics.at(-1)?.message ?? '', /There are more/);
  });
});
