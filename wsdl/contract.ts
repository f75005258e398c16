import type { QName, QNameKey, SoapVersion } from './qname.ts';

/**
 * What a WSDL and its schemas say, as plain serialisable data. Types refer to each other by key, so recursive
 * types are no special case and the whole can be written to disk as JSON. Every JSON name is decided here, once,
 * by `link`; codec and OpenAPI only read it.
 */
export interface Contract {
  readonly kind: 'contract';
  /** Version of this data structure; a stored contract of another version is compiled anew. */
  readonly version: 1;
  readonly name: string;
  readonly targetNamespace: string;
  readonly documentation?: string;
  /** `string`: 64-bit and unbounded numbers are JSON strings; `number`: JSON numbers. */
  readonly numbers: 'string' | 'number';
  /** It was compiled leniently: what stands at a strict wildcard needs no declaration. */
  readonly lenient?: true;
  readonly services: readonly Service[];
  readonly bindings: Readonly<Record<QNameKey, Binding>>;
  /** Named and anonymous types. Built-in types are not listed: see `typeOf`. */
  readonly types: Readonly<Record<QNameKey, TypeDefinition>>;
  /** Global element declarations, as particles with min = max = 1. */
  readonly elements: Readonly<Record<QNameKey, ElementParticle>>;
  /** Global attribute declarations. */
  readonly attributes: Readonly<Record<QNameKey, AttributeUse>>;
}

/** WSDL 1.1, 2.7. */
export interface Service {
  readonly name: string;
  readonly documentation?: string;
  readonly ports: readonly Port[];
}

/** WSDL 1.1, 2.6 with its soap:address. */
export interface Port {
  readonly name: string;
  readonly documentation?: string;
  readonly binding: QNameKey;
  readonly address?: string;
}

/** A SOAP binding (WSDL 1.1, 3) with the operations of its portType. */
export interface Binding {
  readonly name: QName;
  readonly portType: QName;
  readonly soapVersion: SoapVersion;
  /** Transport URI, e.g. http://schemas.xmlsoap.org/soap/http. */
  readonly transport: string;
  /** A policy of the binding asks for MTOM (WS-MTOMPolicy). */
  readonly mtom?: true;
  readonly operations: readonly Operation[];
}

export interface Operation {
  /** The WSDL name; overloaded operations share it. */
  readonly name: string;
  /** Unique within the binding: the name, with a number from the second overload on. */
  readonly id: string;
  readonly documentation?: string;
  readonly soapAction: string;
  /** The WS-Addressing action of the input, where it is not the soapAction (WS-Addressing 1.0 Metadata, 4.4). */
  readonly wsaAction?: string;
  readonly style: 'document' | 'rpc';
  /**
   * Present where the WSDL says that the service begins (WSDL 1.1, 2.4.3 and 2.4.4). Such operations are called all the
   * same, by what their messages are named: a `notification` is asked for with an empty body.
   */
  readonly begunBy?: 'service';
  readonly input: Message;
  /** Missing for one-way operations. */
  readonly output?: Message;
  readonly faults: readonly FaultMessage[];
}

export interface Message {
  readonly name: QName;
  readonly body: Body;
  /** Declared soap:header parts; JSON keeps them under the member `@header`. All optional (WSDL 1.1, 3.7). */
  readonly headers: readonly ElementParticle[];
  /** Parts that travel as attachments (WSDL 1.1, 5.3); the body's `shape` is then `members`, and these are members like them. */
  readonly attachments?: readonly AttachmentPart[];
}

/** A message part bound to mime:content. JSON: its content as a base64 string. Required. */
export interface AttachmentPart {
  /** Name of the message part. */
  readonly name: string;
  readonly jsonName: string;
  /** Alternatives, as the binding has them, e.g. `image/jpeg`, `text/*`; none if anything may come. */
  readonly mediaTypes: readonly string[];
}

/**
 * The children of soap:Body.
 *
 * - `elements` (document style): `members` are the body elements.
 * - `content` (document style with a part that names a type, WSDL 1.1, 3.5): soap:Body itself is of that type. The only
 *   member is soap:Body, with the type and the `jsonName` of the part.
 * - `rpc`: one element named `wrapper` holds `members`, the unqualified accessors (WS-I BP 1.1 R2735).
 *
 * `shape` says what the JSON value is: `value` — there is one member and the JSON is that member's own value, an
 * object; `members` — the JSON is an object with one member for each of `members`, by its `jsonName`.
 */
export interface Body {
  readonly kind: 'elements' | 'content' | 'rpc';
  readonly use: 'literal' | 'encoded';
  readonly wrapper?: QName;
  readonly members: readonly ElementParticle[];
  readonly shape: 'value' | 'members';
}

/** A declared fault: what stands in the detail of the SOAP Fault. */
export interface FaultMessage {
  /** wsdl:fault name. */
  readonly name: string;
  readonly documentation?: string;
  readonly detail: ElementParticle;
}

export type TypeDefinition = SimpleType | ComplexType;

interface TypeCommon {
  readonly key: QNameKey;
  /** Unique over the contract, valid as an identifier: OpenAPI component name and `@type` value. */
  readonly name: string;
  /** Missing for anonymous types, which xsi:type cannot name. */
  readonly qname?: QName;
  readonly documentation?: string;
  readonly base?: QNameKey;
}

/** XSD 1.0 Part 1, 3.14. `facets` are the effective ones: those of the base types included. */
export interface SimpleType extends TypeCommon {
  readonly kind: 'simple';
  readonly variety: SimpleVariety;
  readonly facets: Facets;
  /** In XML the `cid:` URI of an attachment, in JSON its content as base64 (WS-I Attachments Profile 1.0, 4.4). */
  readonly swaRef?: true;
}

export type SimpleVariety =
  /** `builtin`: local name of the nearest built-in type, e.g. `decimal`, `token`, `anySimpleType`. */
  | { readonly kind: 'atomic'; readonly builtin: string }
  | { readonly kind: 'list'; readonly itemType: QNameKey }
  | { readonly kind: 'union'; readonly memberTypes: readonly QNameKey[] };

/** XSD 1.0 Part 2, 4.3. Bounds and enumerations are lexical forms, normalised by `whiteSpace`; QNames in Clark notation. */
export interface Facets {
  readonly whiteSpace: 'preserve' | 'replace' | 'collapse';
  /** One of each inner list must match; all outer entries must (4.3.4.3: a derivation step ANDs, siblings OR). */
  readonly patterns?: readonly (readonly string[])[];
  readonly enumeration?: readonly string[];
  readonly length?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minInclusive?: string;
  readonly maxInclusive?: string;
  readonly minExclusive?: string;
  readonly maxExclusive?: string;
  readonly totalDigits?: number;
  readonly fractionDigits?: number;
}

/** XSD 1.0 Part 1, 3.4. Content and attributes are the effective ones: those of the base types included. */
export interface ComplexType extends TypeCommon {
  readonly kind: 'complex';
  readonly abstract: boolean;
  readonly derivation?: 'extension' | 'restriction';
  readonly content: Content;
  readonly attributes: readonly AttributeUse[];
  readonly anyAttribute?: AttributeWildcard;
  /**
   * Types that xsi:type may name in place of this one, itself first unless abstract. One entry (itself) means not
   * polymorphic: no `@type` is read or written.
   */
  readonly substitutes: readonly QNameKey[];
  /** An `ArrayOfX` wrapper: the JSON is the array of its only repeated element, not an object around it. */
  readonly unwrapped: boolean;
  /** Present for a type derived from SOAP-ENC:Array, which is always unwrapped. */
  readonly soapArray?: SoapArray;
}

/**
 * An array of SOAP encoding (SOAP 1.1, 5.4.2; SOAP 1.2 Part 2, 3.1.6). The content is one repeated element, whose name
 * says nothing: items are known by their place. With more than one dimension the type of that element is the array of the
 * next dimension, and so on; XML has the items of the innermost ones in one row, the last index fastest.
 */
export interface SoapArray {
  readonly dimensions: number;
}

export type Content =
  | { readonly kind: 'empty' }
  /** Text of simple type `type`; JSON member `jsonName` (`value`) beside the attributes. */
  | {
      readonly kind: 'simple';
      readonly type: QNameKey;
      readonly jsonName: string;
      readonly default?: string;
      readonly fixed?: string;
    }
  | { readonly kind: 'elements'; readonly model: GroupParticle }
  /** Kept as raw XML: JSON member `jsonName` (`@mixed`), a string, beside the attributes. */
  | { readonly kind: 'mixed'; readonly model?: GroupParticle; readonly jsonName: string };

export type Particle = ElementParticle | GroupParticle | WildcardParticle;

export type MaxOccurs = number | 'unbounded';

interface Occurs {
  readonly min: number;
  readonly max: MaxOccurs;
}

/** An element declaration in its place (XSD 1.0 Part 1, 3.3 and 3.9). JSON: `jsonName`, an array if max > 1. */
export interface ElementParticle extends Occurs {
  readonly kind: 'element';
  readonly name: QName;
  readonly jsonName: string;
  readonly type: QNameKey;
  readonly nillable: boolean;
  readonly default?: string;
  readonly fixed?: string;
  readonly documentation?: string;
  /** Of binary content, as the schema has it (xmime:expectedContentTypes); several are alternatives. */
  readonly mediaTypes?: readonly string[];
  /**
   * max > 1 and no choice or optional group around it: the array is always written, `[]` where there is none.
   * Elsewhere no occurrence means no member.
   */
  readonly always?: boolean;
  /** Of a global declaration among `elements`: it never stands itself, only members of its substitution group do (3.3.4). */
  readonly abstract?: true;
}

/**
 * A model group in its place (XSD 1.0 Part 1, 3.8). With max = 1 its members stand flat in the JSON object of the
 * type. With max > 1 it `repeats`: `jsonName` (`@choice`, `@sequence`) is an array with one object an occurrence, in
 * document order, whose members are the group's. An element with a substitution group is linked as a choice of its members.
 * Within one object a JSON name stands for one element declaration; it may occur in several branches of a choice
 * only if the members present always tell the branches apart.
 */
export interface GroupParticle extends Occurs {
  readonly kind: 'sequence' | 'choice' | 'all';
  readonly particles: readonly Particle[];
  /** Present if and only if max > 1. */
  readonly jsonName?: string;
}

/** xs:any (XSD 1.0 Part 1, 3.10). JSON: `jsonName` (`@any`), the element as a raw XML string; an array of them if max > 1. */
export interface WildcardParticle extends Occurs {
  readonly kind: 'any';
  readonly jsonName: string;
  readonly namespaces: NamespaceConstraint;
  readonly processContents: 'strict' | 'lax' | 'skip';
  readonly always?: boolean;
}

/** `in`: one of the URIs, '' for no namespace; `not`: a namespace, and not this one. */
export type NamespaceConstraint =
  | { readonly kind: 'any' }
  | { readonly kind: 'in'; readonly uris: readonly string[] }
  | { readonly kind: 'not'; readonly uri: string };

/** XSD 1.0 Part 1, 3.2 and 3.5. */
export interface AttributeUse {
  readonly name: QName;
  readonly jsonName: string;
  readonly type: QNameKey;
  readonly required: boolean;
  readonly default?: string;
  readonly fixed?: string;
  readonly documentation?: string;
}

/** xs:anyAttribute. JSON: member `jsonName` (`@anyAttribute`), an object from Clark name to value. */
export interface AttributeWildcard {
  readonly jsonName: string;
  readonly namespaces: NamespaceConstraint;
  readonly processContents: 'strict' | 'lax' | 'skip';
}
