import { builtinSchemas, XML_NAMESPACE, XSD_NAMESPACE, type SourceDocument } from '../wsdl/index.ts';
import { withEncodingTypes } from './encoding-types.ts';
import { withoutDeadReferences } from './dead-references.ts';
import { redefineMark, schemaDocumentsOf, type SchemaDocument } from './schema-documents.ts';
import { escapeAttribute, unescapeAttribute } from './xml-text.ts';

/** A file for libxml2. */
export interface SchemaFile {
  readonly name: string;
  readonly xml: string;
}

/** The schemas of a contract, arranged so that each component can see each other one. */
export interface SchemaSet {
  readonly files: readonly SchemaFile[];
  /** Target namespace -> the file that brings all of its components. */
  readonly entries: ReadonlyMap<string, string>;
}

/**
 * Arranges the schemas by target namespace: one file a namespace, which includes every document of it, and every document
 * imports every namespace that it has a prefix for. So imports that inline schemas leave out do no harm, and neither does libxml2's rule that
 * the first document imported for a namespace is the only one. Well-known schemas are added where nothing else declares
 * their namespace. `extra` are more schemas, made for the messages.
 */
export function arrangeSchemas(
  documents: readonly SourceDocument[],
  extra: readonly SchemaDocument[],
  locationOf: (name: string) => string,
): SchemaSet {
  const schemas = withoutDeadReferences(withBuiltins([...distinct(schemaDocumentsOf(documents)), ...extra]));
  const byNamespace = groupByNamespace(schemas);
  const namespaces = [...byNamespace.keys()];
  const entries = new Map(namespaces.map((namespace, index) => [namespace, `ns-${index}.xsd`]));
  const fileOf = new Map(schemas.map((schema, index) => [schema, `schema-${index}.xsd`]));
  const importsFor = ({ targetNamespace, xml }: SchemaDocument): string =>
    [...namespacesIn(xml)]
      .filter((namespace) => namespace !== targetNamespace && entries.has(namespace))
      .map((namespace) => importOf(namespace, locationOf(entries.get(namespace)!)))
      .join('');
  const entryFiles = [...byNamespace].map(([namespace, members]) => ({
    name: entries.get(namespace)!,
    xml: entryXml(
      namespace,
      members.map((member) => locationOf(fileOf.get(member)!)),
    ),
  }));
  const byUri = new Map(
    schemas.flatMap((schema) => (schema.uri === undefined ? [] : [[schema.uri, fileOf.get(schema)!]])),
  );
  const memberFiles = schemas.map((schema) => ({
    name: fileOf.get(schema)!,
    xml: inject(resolveRedefines(schema, byUri, locationOf), importsFor(schema)),
  }));
  return { files: [...entryFiles, ...memberFiles], entries };
}

/**
 * All namespaces that a schema has a prefix for (`xml` always), and none. libxml2 follows imports depth first: those of every namespace
 * in every document would be too deep for it.
 */
function namespacesIn(xml: string): Set<string> {
  const declared = xml.matchAll(/\sxmlns(?::[^\s=]+)?="([^"]*)"/g);
  return new Set(['', XML_NAMESPACE, ...declared.map(([, namespace = '']) => unescapeAttribute(namespace))]);
}

/** The same document in two places declares nothing twice. */
function distinct(schemas: readonly SchemaDocument[]): SchemaDocument[] {
  const seen = new Set<string>();
  return schemas.filter((schema) => {
    const identity = schema.xml;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

/** Included documents without a namespace take that of each document that includes them (XSD 1.0 Part 1, 4.2.1). */
function groupByNamespace(schemas: readonly SchemaDocument[]): Map<string, SchemaDocument[]> {
  const byUri = new Map(
    schemas.flatMap((schema) => (schema.uri === undefined ? [] : [[schema.uri, schema]])),
  );
  const redefined = new Set(schemas.flatMap(({ redefines }) => redefines));
  const groups = new Map<string, SchemaDocument[]>();
  const chameleons = new Set<SchemaDocument>();
  const join = (namespace: string, schema: SchemaDocument): void => {
    const group = groups.get(namespace) ?? [];
    groups.set(namespace, group);
    if (group.includes(schema)) return;
    if (schema.uri === undefined || !redefined.has(schema.uri)) group.push(schema);
    for (const uri of [...schema.includes, ...schema.redefines]) {
      const target = byUri.get(uri);
      if (!target || target.targetNamespace !== '' || namespace === '' || chameleons.has(target)) continue;
      chameleons.add(target);
      join(namespace, target);
    }
  };
  for (const schema of schemas) if (schema.targetNamespace !== '') join(schema.targetNamespace, schema);
  for (const schema of schemas)
    if (schema.targetNamespace === '' && !chameleons.has(schema)) join('', schema);
  return groups;
}

/** For contracts that send a schema with the data (`ref="xs:schema"`, as .NET's DataSet does). */
const SCHEMA_OF_SCHEMAS = `<xs:schema xmlns:xs="${XSD_NAMESPACE}" targetNamespace="${XSD_NAMESPACE}"><xs:element name="schema"/></xs:schema>`;

/** Adds the well-known schemas that the others name and nothing declares. */
function withBuiltins(schemas: readonly SchemaDocument[]): SchemaDocument[] {
  const declared = new Set(schemas.map(({ targetNamespace }) => targetNamespace));
  const isNamed = (namespace: string): boolean =>
    namespace === XML_NAMESPACE || schemas.some(({ xml }) => xml.includes(`"${namespace}"`));
  const missing = [...builtinSchemas, [XSD_NAMESPACE, SCHEMA_OF_SCHEMAS] as const].filter(
    ([namespace]) => !declared.has(namespace) && isNamed(namespace),
  );
  return [
    ...schemas,
    ...missing.map(([targetNamespace, xml]) => ({
      targetNamespace,
      xml: withEncodingTypes(targetNamespace, xml),
      includes: [],
      redefines: [],
    })),
  ];
}

function entryXml(namespace: string, locations: readonly string[]): string {
  const target = namespace === '' ? '' : ` targetNamespace="${escapeAttribute(namespace)}"`;
  const includes = locations.map((location) => `<include schemaLocation="${escapeAttribute(location)}"/>`);
  return `<schema xmlns="${XSD_NAMESPACE}"${target}>${includes.join('')}</schema>`;
}

export function importOf(namespace: string, location: string): string {
  const attribute = namespace === '' ? '' : ` namespace="${escapeAttribute(namespace)}"`;
  return `<d:import xmlns:d="${XSD_NAMESPACE}"${attribute} schemaLocation="${escapeAttribute(location)}"/>`;
}

function resolveRedefines(
  { xml, redefines }: SchemaDocument,
  fileOf: ReadonlyMap<string, string>,
  locationOf: (name: string) => string,
): string {
  return redefines.reduce((text, uri) => {
    const file = fileOf.get(uri);
    return file === undefined ? text : text.replace(redefineMark + escapeAttribute(uri), locationOf(file));
  }, xml);
}

/** Puts the imports first in the schema element: libxml2 writes no `>` into attributes. */
function inject(xml: string, imports: string): string {
  const end = xml.indexOf('>', xml.indexOf('<'));
  if (xml[end - 1] !== '/') return xml.slice(0, end + 1) + imports + xml.slice(end + 1);
  const name = /^<([^\s/>]+)/.exec(xml.trimStart())?.[1] ?? 'schema';
  return `${xml.slice(0, end - 1)}>${imports}</${name}>`;
}
