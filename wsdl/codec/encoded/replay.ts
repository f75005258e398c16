import { qnameKey, XSI_NAMESPACE } from '../../qname.ts';
import type { QName } from '../../qname.ts';
import { AttributeList } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { XmlName } from '../../xml/names.ts';
import { NamespaceScope, ROOT_SCOPE } from '../../xml/namespaces.ts';
import { XOP_NAMESPACE } from '../attachments/attachment-sink.ts';
import { shownName } from '../../xml/xml-error.ts';
import type { ModelGroup } from '../decode/content-model.ts';
import type { CompiledComplexType, CompiledType } from '../decode/contract-types.ts';
import type { DecodeContext } from '../decode/decode-context.ts';
import type { ElementReader } from '../decode/element-reader.ts';
import type { ElementSlot } from '../decode/element-slot.ts';
import { actualTypeOf, itemTypeOf } from './actual-type.ts';
import { readArrayItems } from './array-items.ts';
import type { ArrayItems } from './array-items.ts';
import { childrenOf, textOf } from './body-tree.ts';
import type { EncodedElement } from './body-tree.ts';
import { attachmentUrl, idOf, isEncodingName, isNil, isXsiName } from './encoding-attributes.ts';
import type { References } from './references.ts';
import { wholeScope } from './replay-place.ts';
import type { ReplayPlace } from './replay-place.ts';
import { isMember, structMembers } from './struct-members.ts';
import type { StructMember } from './struct-members.ts';

/** A prefix that no document can declare, for type names that are written anew. */
const TYPE_PREFIX = '#type';
const XSI_TYPE = attributeName('type');
const XSI_NIL = attributeName('nil');
const INCLUDE: ExpandedName = {
  namespace: XOP_NAMESPACE,
  local: 'Include',
  key: qnameKey(XOP_NAMESPACE, 'Include'),
};
const HREF: AttributeName = {
  name: { namespace: '', local: 'href', key: qnameKey('', 'href') },
  written: new XmlName(Buffer.from('href'), 'href', '', 'href'),
};
const BLANK = /^[ \t\r\n]*$/;

type ReaderOf = (attributes: AttributeList) => void;

/**
 * Reads kept elements again as if they were a literal message: references are replaced by what they refer to, items and
 * accessors have their declared names and order, what belongs to the encoding is gone. The ordinary decoder does the rest.
 */
export class Replay {
  readonly #context: DecodeContext;
  readonly #place: ReplayPlace;
  readonly #references: References;
  readonly #reader: ElementReader;

  constructor(context: DecodeContext, place: ReplayPlace, references: References, reader: ElementReader) {
    this.#context = context;
    this.#place = place;
    this.#references = references;
    this.#reader = reader;
  }

  /** A value of declared type. `begin` takes its start; by default the reader does, under the declared name. */
  element(
    accessor: EncodedElement,
    slot: ElementSlot,
    fallback?: QName,
    begin: ReaderOf = (attributes) => {
      this.#reader.startElement(slot.name, attributes);
    },
  ): void {
    const target = this.#references.resolve(accessor);
    const { type, name } = actualTypeOf(this.#context.types, slot.type, accessor, target, fallback);
    const nil = isNil(accessor) || isNil(target);
    this.#enter(accessor, target, name && scopeWith(target.scope, name));
    begin(attributesOf(target, type, name, nil));
    if (!nil) this.#valueOf(target, type);
    this.#leave(target);
  }

  /** Accessors of a struct, or parts in a wrapper. */
  members(members: readonly StructMember[]): void {
    for (const { child, leaf } of members) {
      if (child === undefined) this.#missing(leaf.slot!);
      else if (leaf?.slot === undefined) this.raw(child);
      else this.element(child, leaf.slot);
    }
  }

  /** The children of a Body that is of that type itself, without what only stands there to be referred to. */
  body(children: readonly EncodedElement[], type: CompiledType): void {
    const root = type.kind === 'complex' && type.content.kind === 'elements' ? type.content.root : undefined;
    const isItem = type.kind === 'complex' && type.definition.soapArray !== undefined;
    const own = children.filter(
      (child) => idOf(child) === undefined || (root && !isItem && isMember(root, child)),
    );
    this.#content(bodyOf(own), type);
  }

  /** An element that the contract says nothing about, as it is but for references. */
  raw(accessor: EncodedElement): void {
    const target = this.#references.resolve(accessor);
    const url = this.#context.attachments.areThere ? attachmentUrl(target) : undefined;
    const isInclude = target.name.key === INCLUDE.key;
    this.#enter(accessor, target, target === accessor ? undefined : wholeScope(target.scope));
    this.#reader.startElement(accessor.name, isInclude ? target.attributes : plainAttributes(target));
    if (url === undefined || isInclude) this.#rawContent(target);
    else this.#include(url);
    this.#leave(target);
  }

  /** An element with its attributes as they are, and with content that `content` reads. */
  wrapping(element: EncodedElement, content: () => void): void {
    this.#enter(element, element);
    this.#reader.startElement(element.name, element.attributes);
    content();
    this.#leave(element);
  }

  #enter(accessor: EncodedElement, target: EncodedElement, scope?: NamespaceScope): void {
    this.#place.enter(accessor, target, scope);
    this.#references.enter(target);
  }

  #leave(target: EncodedElement): void {
    this.#reader.endElement();
    this.#references.leave(target);
    this.#place.leave();
  }

  /** What stands in the element, or in the attachment that it refers to. */
  #valueOf(target: EncodedElement, type: CompiledType): void {
    const isOwnHref = type.kind === 'complex' && type.attributes.has(HREF.name.key);
    const url = isOwnHref ? undefined : attachmentUrl(target);
    if (url === undefined) return this.#content(target, type);
    const content = type.kind === 'simple' ? type : type.content;
    if (content.kind !== 'mixed' && !('codec' in content && content.codec.binary === 'base64'))
      this.#context.fail(
        'invalid-value',
        `refers to "${shownName(url)}", an attachment, but its type is not binary`,
      );
    this.#include(url);
  }

  /** The attachment as an xop:Include, which the reader knows. */
  #include(url: string): void {
    this.#place.enterMissing(INCLUDE.local);
    const attributes = new AttributeList();
    addAttribute(attributes, HREF, url);
    this.#reader.startElement(INCLUDE, attributes);
    this.#reader.endElement();
    this.#place.leave();
  }

  #content(target: EncodedElement, type: CompiledType): void {
    const content = type.kind === 'simple' ? type : type.content;
    if (type.kind === 'complex' && type.definition.soapArray) this.#array(target, type);
    else if (content.kind === 'elements') this.#struct(target, content.root);
    else this.#rawContent(target);
  }

  #struct(target: EncodedElement, root: ModelGroup): void {
    const text = textOf(target);
    if (!BLANK.test(text)) this.#text(text);
    this.members(structMembers(root, childrenOf(target)));
  }

  #rawContent({ content }: EncodedElement): void {
    for (const part of content) {
      if (typeof part === 'string') this.#text(part);
      else this.raw(part);
    }
  }

  #text(text: string): void {
    this.#place.spendText(text);
    this.#reader.text(text, false);
  }

  #missing(slot: ElementSlot): void {
    this.#place.enterMissing(slot.local);
    const attributes = new AttributeList();
    addAttribute(attributes, XSI_NIL, 'true');
    this.#reader.startElement(slot.name, attributes);
    this.#reader.endElement();
    this.#place.leave();
  }

  #array(target: EncodedElement, type: CompiledComplexType): void {
    const { dimensions } = type.definition.soapArray!;
    const items = readArrayItems(target, dimensions, this.#context);
    this.#dimension(type, items, itemTypeOf(target), 0, 0);
  }

  /** Items of one dimension, from `first` on in the row of all. */
  #dimension(
    type: CompiledType,
    array: ArrayItems,
    itemType: QName | undefined,
    dimension: number,
    first: number,
  ): void {
    const slot = itemSlot(type);
    const size = array.sizes[dimension]!;
    for (let index = 0; index < size; index++) {
      const place = first * size + index;
      if (dimension === array.sizes.length - 1) this.#item(array.items.get(place), slot, itemType);
      else this.#row(slot, array, itemType, dimension + 1, place);
    }
  }

  #item(item: EncodedElement | undefined, slot: ElementSlot, itemType: QName | undefined): void {
    if (item === undefined) this.#missing(slot);
    else this.element(item, slot, itemType);
  }

  #row(
    slot: ElementSlot,
    array: ArrayItems,
    itemType: QName | undefined,
    dimension: number,
    first: number,
  ): void {
    this.#place.enterMissing(slot.local);
    this.#reader.startElement(slot.name, new AttributeList());
    this.#dimension(slot.type, array, itemType, dimension, first);
    this.#reader.endElement();
    this.#place.leave();
  }
}

/** soap:Body as an element without anything of its own: attributes on it are for others. */
function bodyOf(children: readonly EncodedElement[]): EncodedElement {
  const name = { namespace: '', local: 'Body', key: 'Body' };
  return {
    name,
    writtenName: name.local,
    attributes: new AttributeList(),
    scope: ROOT_SCOPE,
    outerScope: ROOT_SCOPE,
    content: [...children],
  };
}

function itemSlot(type: CompiledType): ElementSlot {
  const content = type.kind === 'complex' ? type.content : undefined;
  const leaf = content?.kind === 'elements' ? content.root.children[0] : undefined;
  if (leaf?.kind !== 'leaf' || !leaf.slot)
    throw new Error(`Internal: the array ${type.definition.key} has no item`);
  return leaf.slot;
}

/** xsi:type and xsi:nil where they say something; of the others, those that are the value's own. */
function attributesOf(
  target: EncodedElement,
  type: CompiledType,
  name: QName | undefined,
  nil: boolean,
): AttributeList {
  const attributes = new AttributeList();
  if (name) addAttribute(attributes, XSI_TYPE, `${TYPE_PREFIX}:${name.local}`);
  if (nil) addAttribute(attributes, XSI_NIL, 'true');
  const { count, names, written, values } = target.attributes;
  for (let i = 0; i < count; i++) {
    const isDeclared = type.kind === 'complex' && type.attributes.has(names[i]!.key);
    if (isXsiName(names[i]!) || (isEncodingName(names[i]!) && !isDeclared)) continue;
    addAttribute(attributes, { name: names[i]!, written: written[i]! }, values[i]!);
  }
  return attributes;
}

/** What is copied twice must not bring its id twice, nor the reference that is resolved. */
function plainAttributes(target: EncodedElement): AttributeList {
  const attributes = new AttributeList();
  const { count, names, written, values } = target.attributes;
  for (let i = 0; i < count; i++) {
    if (isEncodingName(names[i]!) && names[i]!.local !== 'arrayType') continue;
    addAttribute(attributes, { name: names[i]!, written: written[i]! }, values[i]!);
  }
  return attributes;
}

interface AttributeName {
  readonly name: ExpandedName;
  readonly written: XmlName;
}

function addAttribute(attributes: AttributeList, { name, written }: AttributeName, value: string): void {
  attributes.names[attributes.count] = name;
  attributes.add(written, value);
}

function attributeName(local: string): AttributeName {
  const raw = `xsi:${local}`;
  const name = { namespace: XSI_NAMESPACE, local, key: `{${XSI_NAMESPACE}}${local}` };
  return { name, written: new XmlName(Buffer.from(raw), raw, 'xsi', local) };
}

function scopeWith(scope: NamespaceScope, { namespace }: QName): NamespaceScope {
  return new NamespaceScope(scope, [TYPE_PREFIX], [namespace]);
}
