import assert from 'node:assert/strict';
import { escapeXml, scanTags } from '../../mocks/scan-tags.ts';

function names(xml: string): string[] {
  return Array.from(
    scanTags(xml),
    ({ name, isEnd, isEmpty }) => `${isEnd ? '/' : ''}${name}${isEmpty ? '/' : ''}`,
  );
}

describe('scanTags', () => {
  it('gives start, end and empty tags in order', () => {
    assert.deepEqual(names('<a><b:c x="1"/>text</a >'), ['a', 'b:c/', '/a']);
  });

  it('passes over comments, CDATA sections and processing instructions', () => {
    assert.deepEqual(names('<?xml version="1.0"?><!-- <no> --><a><![CDATA[<no/>]]></a>'), ['a', '/a']);
  });

  it('ends at a DOCTYPE unless that is allowed', () => {
    const xml = '<!DOCTYPE a [<!ENTITY b "<c>"> ]><a><d/></a>';
    assert.deepEqual(names(xml), []);
    assert.deepEqual(
      Array.from(scanTags(xml, true), ({ name }) => name),
      ['a', 'd', 'a'],
    );
  });

  it('is not misled by an angle bracket inside a quoted value', () => {
    assert.deepEqual(names(`<a x=">" y='"><no/>'><b/></a>`), ['a', 'b/', '/a']);
  });

  it('decodes attribute values and says where they stand', () => {
    const xml = `<a one = "x&amp;&#65;&#x42;" two='&unknown;'/>`;
    const [tag] = scanTags(xml);
    assert.ok(tag);
    assert.deepEqual(
      tag.attributes.map(({ name, value }) => [name, value]),
      [
        ['one', 'x&AB'],
        ['two', '&unknown;'],
      ],
    );
    assert.deepEqual(
      tag.attributes.map(({ start, end }) => xml.slice(start, end)),
      ['x&amp;&#65;&#x42;', '&unknown;'],
    );
  });

  it('ends at a DOCTYPE and at what is never closed', () => {
    assert.deepEqual(names('<!DOCTYPE a [<!ENTITY e "x">]><a/>'), []);
    assert.deepEqual(names('<a><!-- <b/>'), ['a']);
    assert.deepEqual(names('<a><b x="'), ['a']);
  });

  it('takes time in proportion to the text, however hostile', () => {
    const hostile = ['<!--', '<a x="', '<', '<a ', '<![CDATA['].map((piece) => piece.repeat(200_000));
    for (const xml of hostile) assert.ok(Array.from(scanTags(xml)).length <= 200_000);
  });
});

describe('escapeXml', () => {
  it('leaves nothing that could end a text or an attribute value', () => {
    assert.equal(escapeXml('<&">'), '&#60;&#38;&#34;&#62;');
  });
});
