import fc from 'fast-check';
import { declareAttribute } from './attribute-drafts.ts';
import type { Choices } from './choices.ts';
import { declareComplex, declareGroup } from './complex-drafts.ts';
import { nextName, reference, type ElementDraft, type SchemaDraft, type Scope } from './schema-writer.ts';
import { declareSimple, pickSimple } from './simple-drafts.ts';

/** A contract's documents by location, the WSDL first, then the schemas from the entry to what it imports. */
export interface GeneratedContract {
  readonly wsdl: string;
  readonly schemas: Readonly<Record<string, string>>;
}

/** Numbers to decide by: for the schema, and for the value. */
export const decisions: fc.Arbitrary<{ readonly schema: number[]; readonly value: number[] }> = fc.record({
  schema: fc.noBias(fc.array(fc.nat(0xffff), { maxLength: 400, size: 'max' })),
  value: fc.noBias(fc.array(fc.nat(0xffff), { maxLength: 120, size: 'max' })),
});

const URIS = ['urn:zero', 'urn:one', ''] as const;

/** Builds a WSDL with one operation, `Run`, whose body element is of a generated type. */
export function buildContract(choices: Choices): GeneratedContract {
  const drafts = URIS.slice(0, 1 + choices.below(URIS.length)).map((uri, index) =>
    createDraft(choices, uri, index),
  );
  const scope: Scope = {
    choices,
    draft: drafts[0]!,
    simple: [],
    complex: [],
    elements: [],
    groups: [],
    attributes: [],
    budget: { left: 40 },
  };
  for (const draft of drafts.toReversed()) fillDraft({ ...scope, draft });
  const [entry] = drafts;
  const run = scope.complex.findLast(({ content, isAbstract }) => content !== 'simple' && !isAbstract);
  const content = '<xs:complexType><xs:sequence/></xs:complexType>';
  entry!.components.push(
    run ? `<xs:element name="Run" type="${run.ref}"/>` : `<xs:element name="Run">${content}</xs:element>`,
  );
  const schemas = drafts.map((draft): [string, string] => [draft.location, schemaText(draft, drafts)]);
  return { wsdl: wsdlText(entry!), schemas: Object.fromEntries(schemas) };
}

function createDraft(choices: Choices, uri: string, index: number): SchemaDraft {
  const element = choices.pick(['qualified', 'unqualified']);
  const attribute = choices.chance(20) ? 'qualified' : 'unqualified';
  return {
    prefix: `n${index}`,
    uri,
    location: `n${index}.xsd`,
    form: `elementFormDefault="${element}" attributeFormDefault="${attribute}"`,
    components: [],
    names: index * 100,
  };
}

function fillDraft(scope: Scope): void {
  const { choices } = scope;
  for (let left = choices.below(4); left > 0; left--) declareSimple(scope);
  if (choices.chance(30)) declareAttribute(scope, 'shared');
  const types = 1 + choices.below(4);
  for (let i = 0; i < types; i++) {
    if (choices.chance(12)) declareGroup(scope);
    if (choices.chance(25)) declareElements(scope);
    declareComplex(scope);
  }
}

/** A global element, in some cases the head of a substitution group. */
function declareElements(scope: Scope): void {
  const { choices, complex, elements } = scope;
  const type = complex.length > 0 && choices.chance(50) ? choices.pick(complex).ref : pickSimple(scope).ref;
  const members = choices.chance(50) ? 1 + choices.below(2) : 0;
  const head = declareElement(scope, type, members > 0 && choices.chance(50) ? ' abstract="true"' : '');
  elements.push(head);
  for (let i = 0; i < members; i++) {
    const member = declareElement(scope, type, ` substitutionGroup="${head.ref}"`);
    if (choices.chance(15)) elements.push(member);
  }
}

function declareElement({ draft }: Scope, type: string, attributes: string): ElementDraft {
  const name = nextName(draft, 'G');
  draft.components.push(`<xs:element name="${name}" type="${type}"${attributes}/>`);
  return { ref: reference(draft, name), type, isAbstract: attributes.includes('abstract') };
}

function schemaText(draft: SchemaDraft, drafts: readonly SchemaDraft[]): string {
  const others = drafts.slice(drafts.indexOf(draft) + 1);
  const declarations = drafts
    .filter(({ uri }) => uri !== '')
    .map(({ prefix, uri }) => ` xmlns:${prefix}="${uri}"`);
  const imports = others.map(
    ({ uri, location }) =>
      `<xs:import${uri === '' ? '' : ` namespace="${uri}"`} schemaLocation="${location}"/>`,
  );
  const target = draft.uri === '' ? '' : ` targetNamespace="${draft.uri}"`;
  return [
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"${declarations.join('')}${target} ${draft.form}>`,
    ...imports,
    ...draft.components,
    '</xs:schema>',
  ].join('\n');
}

function wsdlText({ uri, location }: SchemaDraft): string {
  return `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:w="urn:wsdl" xmlns:t="${uri}" targetNamespace="urn:wsdl">
<types><xs:schema><xs:import namespace="${uri}" schemaLocation="${location}"/></xs:schema></types>
<message name="M"><part name="body" element="t:Run"/></message>
<portType name="P"><operation name="Run"><input message="w:M"/><output message="w:M"/></operation></portType>
<binding name="B" type="w:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
<operation name="Run"><soap:operation soapAction=""/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation></binding>
<service name="S"><port name="Port" binding="w:B"><soap:address location="http://127.0.0.1/"/></port></service></definitions>`;
}
