import type { MaxOccurs } from '../contract.ts';
import type { QName } from '../qname.ts';
import type { SourcePoint } from './findings.ts';
import type { XmlElement } from './xml-element.ts';

/** The nouns of XML Schema 1.0 as written, names not yet looked up (XSD 1.0 Part 1, 3). */
export interface SchemaNode {
  readonly targetNamespace: string;
  readonly components: readonly ComponentNode[];
  readonly references: readonly SchemaReferenceNode[];
  /** Components of xs:redefine; each refers to what it redefines by the name `redefinedName` gives. */
  readonly redefinitions: readonly ComponentNode[];
  readonly source: XmlElement;
}

export interface SchemaReferenceNode {
  readonly kind: 'include' | 'import' | 'redefine';
  readonly source: XmlElement;
}

export type ComponentNode =
  ElementNode | AttributeNode | SimpleTypeNode | ComplexTypeNode | GroupDefinitionNode | AttributeGroupNode;

/** A QName in an attribute value. */
export interface NameReference {
  readonly name: QName;
  /** As written, for messages. */
  readonly written: string;
  readonly source: SourcePoint;
}

/** A type by name, or one written in place. */
export type TypeUse = NameReference | SimpleTypeNode | ComplexTypeNode;

export interface OccursNode {
  readonly min: number;
  readonly max: MaxOccurs;
}

/** xs:element with a name, global or local (3.3). `name` has the namespace that form and elementFormDefault give it. */
export interface ElementNode extends OccursNode {
  readonly kind: 'element';
  readonly name: QName;
  readonly type?: TypeUse;
  readonly nillable: boolean;
  readonly abstract: boolean;
  readonly substitutionGroup?: NameReference;
  /** `substitution`, `extension`, `restriction`, `#all`. */
  readonly block: readonly string[];
  readonly default?: string;
  readonly fixed?: string;
  readonly documentation?: string;
  /** xmime:expectedContentTypes, its own or its type's. */
  readonly mediaTypes?: readonly string[];
  readonly source: XmlElement;
}

export interface ElementReferenceNode extends OccursNode {
  readonly kind: 'element-reference';
  readonly reference: NameReference;
  readonly documentation?: string;
}

/** xs:sequence, xs:choice, xs:all (3.8). */
export interface GroupNode extends OccursNode {
  readonly kind: 'sequence' | 'choice' | 'all';
  readonly particles: readonly ParticleNode[];
  readonly source: XmlElement;
}

export interface GroupReferenceNode extends OccursNode {
  readonly kind: 'group-reference';
  readonly reference: NameReference;
}

/** xs:any (3.10). `namespaces` as written; `##targetNamespace` refers to `targetNamespace`. */
export interface WildcardNode extends OccursNode {
  readonly kind: 'any';
  readonly wildcard: WildcardFacts;
}

export interface WildcardFacts {
  readonly namespaces: string;
  readonly processContents: 'strict' | 'lax' | 'skip';
  readonly targetNamespace: string;
}

export type ParticleNode = ElementNode | ElementReferenceNode | GroupNode | GroupReferenceNode | WildcardNode;

/** xs:group with a name (3.7). */
export interface GroupDefinitionNode {
  readonly kind: 'group';
  readonly name: QName;
  readonly model?: GroupNode;
  readonly source: XmlElement;
}

/** xs:attribute with a name (3.2). */
export interface AttributeNode {
  readonly kind: 'attribute';
  readonly name: QName;
  readonly type?: TypeUse;
  readonly use: AttributeUseKind;
  readonly default?: string;
  readonly fixed?: string;
  readonly documentation?: string;
  readonly source: XmlElement;
}

export type AttributeUseKind = 'optional' | 'required' | 'prohibited';

export interface AttributeReferenceNode {
  readonly kind: 'attribute-reference';
  readonly reference: NameReference;
  /** wsdl:arrayType (WSDL 1.1, 2.2): on a reference to SOAP-ENC:arrayType, what is in the array. */
  readonly arrayType?: ArrayTypeNode;
  readonly use: AttributeUseKind;
  readonly default?: string;
  readonly fixed?: string;
}

/** `tns:Account[][,]`: the type of the items, and the ranks of the arrays around them, innermost first (SOAP 1.1, 5.4.2). */
export interface ArrayTypeNode {
  readonly item: NameReference;
  readonly ranks: readonly number[];
}

export interface AttributeGroupReferenceNode {
  readonly kind: 'attribute-group-reference';
  readonly reference: NameReference;
}

/** What a complex type, an extension or an attribute group says about attributes. */
export interface AttributesNode {
  readonly uses: readonly (AttributeNode | AttributeReferenceNode | AttributeGroupReferenceNode)[];
  readonly anyAttribute?: WildcardFacts;
}

/** xs:attributeGroup with a name (3.6). */
export interface AttributeGroupNode {
  readonly kind: 'attribute-group';
  readonly name: QName;
  readonly attributes: AttributesNode;
  readonly source: XmlElement;
}

/** xs:complexType (3.4). */
export interface ComplexTypeNode {
  readonly kind: 'complex-type';
  readonly name?: QName;
  readonly targetNamespace: string;
  readonly abstract: boolean;
  readonly mixed: boolean;
  readonly block: readonly string[];
  readonly content: ComplexContentNode;
  readonly documentation?: string;
  readonly source: XmlElement;
}

export type ComplexContentNode =
  | { readonly kind: 'direct'; readonly model?: ParticleNode; readonly attributes: AttributesNode }
  | {
      readonly kind: 'complex';
      readonly derivation: 'extension' | 'restriction';
      readonly base: NameReference;
      readonly model?: ParticleNode;
      readonly attributes: AttributesNode;
    }
  | {
      readonly kind: 'simple';
      readonly derivation: 'extension' | 'restriction';
      readonly base: NameReference;
      readonly attributes: AttributesNode;
      /** xs:simpleType inside a restriction. */
      readonly type?: SimpleTypeNode;
      readonly facets: readonly FacetNode[];
    };

/** xs:simpleType (3.14). */
export interface SimpleTypeNode {
  readonly kind: 'simple-type';
  readonly name?: QName;
  readonly targetNamespace: string;
  readonly variety: SimpleVarietyNode;
  readonly documentation?: string;
  readonly source: XmlElement;
}

export type SimpleVarietyNode =
  | { readonly kind: 'restriction'; readonly base?: TypeUse; readonly facets: readonly FacetNode[] }
  | { readonly kind: 'list'; readonly itemType?: TypeUse }
  | { readonly kind: 'union'; readonly memberTypes: readonly TypeUse[] };

/** A constraining facet as written (XSD 1.0 Part 2, 4.3). */
export interface FacetNode {
  readonly name: string;
  readonly value: string;
  readonly source: XmlElement;
}

/**
 * The name under which the component that xs:redefine replaces stays in reach. '#' is in no name that a schema can write.
 *
 * @param layer of the schema that redefines: what it makes may be redefined again.
 */
export function redefinedName({ namespace, local }: QName, layer: number): QName {
  return { namespace, local: `${local}#redefined${layer}` };
}

/** The name as it is written, whatever redefines it. */
export function writtenName(local: string): string {
  return local.replace(/#redefined\d+$/, '');
}
