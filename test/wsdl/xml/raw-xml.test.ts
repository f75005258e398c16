import assert from 'node:assert/strict';
import type { QName } from '../../../wsdl/qname.ts';
import { escapeAttribute, escapeText, hasIllegalXmlCharacter } from '../../../wsdl/xml/escape.ts';
import { checkRawXml } from '../../../wsdl/xml/raw-xml.ts';
import { readEvents } from './read-events.ts';

describe('checking raw XML', () => {
  const elements = [
    '<a/>',
    ' <a x="1">t<b/></a>\n',
    '<p:a xmlns:p="urn:p"/>',
    '<a><![CDATA[</a>]]></a>',
    '<a/><!-- c -->',
  ];
  for (const xml of elements) {
    it(`accepts one element: ${xml}`, () => {
      assert.equal(checkRawXml(xml, { as: 'element' }), undefined);
    });
  }

  const contents = ['', 'text', 'a &amp; b', '<a/>', 'x<a/>y<b>z</b>', '<![CDATA[<]]>', ' '];
  for (const xml of contents) {
    it(`accepts content: ${JSON.stringify(xml)}`, () => {
      assert.equal(checkRawXml(xml, { as: 'content' }), undefined);
    });
  }

  const injections = [
    '</a><evil/>',
    '</a><evil/><a>',
    '<a></a></b>',
    '<a',
    '<a>',
    '<a/><',
    '<!-- x',
    '<![CDATA[x',
    '<!DOCTYPE a><a/>',
    '<?xml version="1.0"?><a/>',
    '<?pi?><a/>',
    '<p:a/>',
    '<a p:x="1"/>',
    '<a>&evil;</a>',
    'a & b',
    'a ]]> b',
    '<a b="1" b="2"/>',
  ];
  for (const xml of injections) {
    it(`refuses ${xml}`, () => {
      assert.equal(checkRawXml(xml, { as: 'content' })?.code, 'not-xml');
      assert.equal(checkRawXml(xml, { as: 'element' })?.code, 'not-xml');
    });
  }

  for (const xml of ['', 'text', '<a/><b/>', '<a/>x', 'x<a/>', '<![CDATA[]]><a/>']) {
    it(`refuses ${JSON.stringify(xml)} where one element must stand`, () => {
      assert.equal(checkRawXml(xml, { as: 'element' })?.code, 'not-xml');
    });
  }

  it('refuses characters that XML cannot carry, lone surrogates too', () => {
    assert.equal(checkRawXml('<a>\u0001</a>', { as: 'element' })?.code, 'xml-character');
    assert.equal(checkRawXml('<a>\uD800</a>', { as: 'element' })?.code, 'xml-character');
  });

  it('bounds the depth', () => {
    assert.equal(checkRawXml('<a>'.repeat(1000), { as: 'content' })?.code, 'limit-exceeded');
  });

  it('tells the names of the outermost elements', () => {
    const roots: QName[] = [];
    checkRawXml('<a xmlns="urn:a"><b/></a>x<c/>', { as: 'content', onRoot: (name) => roots.push(name) });
    assert.deepEqual(roots, [
      { namespace: 'urn:a', local: 'a' },
      { namespace: '', local: 'c' },
    ]);
  });
});

describe('escaping', () => {
  const TRICKY = 'a<b>&"\'\r\n\t]]> é😀';

  it('keeps a text through a parser', () => {
    assert.equal(readEvents(`<a>${escapeText(TRICKY)}</a>`), `<a "${TRICKY}" >`);
  });

  it('keeps an attribute value through a parser', () => {
    assert.equal(readEvents(`<a b="${escapeAttribute(TRICKY)}"/>`), `<a @b=${TRICKY} >`);
  });

  it('leaves alone what needs none', () => {
    assert.equal(escapeText('plain "text"\n'), 'plain "text"\n');
    assert.equal(escapeAttribute("it's plain"), "it's plain");
  });

  it('knows the characters that no document can carry', () => {
    for (const text of ['\u0000', 'a\u000B', '\uFFFE', '\uD83D', '\uDE00\uD83D'])
      assert.equal(hasIllegalXmlCharacter(text), true);
    for (const text of ['', '\t\n\r ~\u007F\u0085\uD7FF\uE000\uFFFD', '😀'])
      assert.equal(hasIllegalXmlCharacter(text), false);
  });
});
