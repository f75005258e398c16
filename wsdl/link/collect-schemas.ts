import { XSD_NAMESPACE } from '../qname.ts';
import type { LoadedDocuments } from '../load/load-documents.ts';
import type { Findings } from '../parse/findings.ts';
import { parseSchema } from '../parse/parse-schema.ts';
import type { ComponentNode } from '../parse/schema-nodes.ts';
import type { WsdlNode } from '../parse/wsdl-nodes.ts';
import type { XmlElement } from '../parse/xml-element.ts';
import { SchemaSet } from './schema-set.ts';

/** Parses every schema that the WSDLs hold, include, import or redefine, each once for each namespace it takes on. */
export function collectSchemas(
  wsdls: readonly WsdlNode[],
  loaded: LoadedDocuments,
  findings: Findings,
): SchemaSet {
  const collector = new SchemaCollector(loaded, findings);
  for (const { schemas, imports } of wsdls) {
    for (const schema of schemas) collector.collect(schema, undefined);
    for (const element of imports) collector.collectTarget(element, undefined);
  }
  return collector.finish();
}

interface CollectedSchema {
  readonly schema: XmlElement;
  /** Its place among all that were collected. */
  readonly layer: number;
  readonly redefinitions: readonly ComponentNode[];
  /** What it includes, imports and redefines. */
  readonly targets: readonly XmlElement[];
}

class SchemaCollector {
  readonly #targets: LoadedDocuments['targets'];
  readonly #findings: Findings;
  readonly #schemas: SchemaSet;
  readonly #seen = new Map<XmlElement, Set<string>>();
  readonly #collected: CollectedSchema[] = [];

  constructor({ targets }: LoadedDocuments, findings: Findings) {
    this.#targets = targets;
    this.#findings = findings;
    this.#schemas = new SchemaSet(findings);
  }

  /** @param namespace of the schema that includes this one. */
  collect(root: XmlElement, namespace: string | undefined): void {
    const pending: [XmlElement, string | undefined][] = [[root, namespace]];
    for (const [schema, given] of pending) {
      if (!this.#isNew(schema, given)) continue;
      const layer = this.#collected.length;
      const { components, redefinitions, references, targetNamespace } = parseSchema(
        schema,
        given,
        this.#findings,
        layer,
      );
      for (const component of components) this.#schemas.add(component);
      const targets: XmlElement[] = [];
      this.#collected.push({ schema, layer, redefinitions, targets });
      for (const { kind, source } of references) {
        const target = this.#schemaOf(source);
        if (!target) continue;
        if (kind !== 'import') this.#checkNamespace(source, target, targetNamespace);
        targets.push(target);
        pending.push([target, kind === 'import' ? undefined : targetNamespace]);
      }
    }
  }

  /** A wsdl:import may name a schema. */
  collectTarget(element: XmlElement, namespace: string | undefined): void {
    const schema = this.#schemaOf(element);
    if (schema) this.collect(schema, namespace);
  }

  finish(): SchemaSet {
    if (this.#collected.every(({ redefinitions }) => redefinitions.length === 0)) return this.#schemas;
    const open = new Set(this.#collected);
    for (const collected of this.#collected) this.#redefine(collected, open);
    return this.#schemas;
  }

  /** What a schema redefines may itself redefine something, and does so first. */
  #redefine(collected: CollectedSchema, open: Set<CollectedSchema>): void {
    if (!open.delete(collected)) return;
    const targets = new Set(collected.targets);
    for (const other of this.#collected) if (targets.has(other.schema)) this.#redefine(other, open);
    for (const component of collected.redefinitions) this.#schemas.redefine(component, collected.layer);
  }

  /** XSD 1.0 Part 1, 4.2.1 and 4.2.2. */
  #checkNamespace(reference: XmlElement, target: XmlElement, namespace: string): void {
    const own = target.attribute('targetNamespace');
    if (own === undefined || own === namespace) return;
    const message = `<${reference.rawName}> brings in a schema of another namespace, "${own}". Use <import>.`;
    this.#findings.tolerate('XSD_INVALID', reference, message, 'as an import');
  }

  #schemaOf(reference: XmlElement): XmlElement | undefined {
    const root = this.#targets.get(reference)?.root;
    return root?.is(XSD_NAMESPACE, 'schema') ? root : undefined;
  }

  #isNew(schema: XmlElement, given: string | undefined): boolean {
    const namespace = schema.attribute('targetNamespace') ?? given ?? '';
    const seen = this.#seen.get(schema) ?? new Set();
    if (seen.has(namespace)) return false;
    this.#seen.set(schema, seen.add(namespace));
    return true;
  }
}
