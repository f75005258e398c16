import type { DiagnosticCode } from '../diagnostic.ts';
import { qnameKey, type QName, type QNameKey } from '../qname.ts';
import type { Findings } from '../parse/findings.ts';
import type { NameReference } from '../parse/schema-nodes.ts';
import type { BindingNode, MessageNode, PortTypeNode, WsdlNode } from '../parse/wsdl-nodes.ts';
import { didYouMean } from '../suggestion.ts';

interface Nouns {
  readonly message: MessageNode;
  readonly portType: PortTypeNode;
  readonly binding: BindingNode;
}

const UNKNOWN: Readonly<Record<keyof Nouns, DiagnosticCode>> = {
  message: 'WSDL_UNKNOWN_MESSAGE',
  portType: 'WSDL_UNKNOWN_PORT_TYPE',
  binding: 'WSDL_UNKNOWN_BINDING',
};

export interface Named<T> {
  readonly name: QName;
  readonly node: T;
}

/** Messages, portTypes and bindings of all WSDL documents of a contract, by name. */
export class WsdlSet {
  readonly #tables: { readonly [N in keyof Nouns]: Map<QNameKey, Named<Nouns[N]>> } = {
    message: new Map(),
    portType: new Map(),
    binding: new Map(),
  };
  readonly #findings: Findings;

  constructor(documents: readonly WsdlNode[], findings: Findings) {
    this.#findings = findings;
    for (const { targetNamespace, messages, portTypes, bindings } of documents) {
      this.#add('message', messages, targetNamespace);
      this.#add('portType', portTypes, targetNamespace);
      this.#add('binding', bindings, targetNamespace);
    }
  }

  bindings(): Named<BindingNode>[] {
    return [...this.#tables.binding.values()];
  }

  portTypes(): Named<PortTypeNode>[] {
    return [...this.#tables.portType.values()];
  }

  messages(): Named<MessageNode>[] {
    return [...this.#tables.message.values()];
  }

  /**
   * Reports what is not found; a reference that is missing was reported when it was parsed.
   *
   * @param spare what lenient mode takes if nothing has the name.
   */
  find<N extends keyof Nouns>(
    noun: N,
    reference: NameReference | undefined,
    spare?: Named<Nouns[N]>,
  ): Named<Nouns[N]> | undefined {
    if (!reference) return undefined;
    const { name, written, source } = reference;
    const found = this.#tables[noun].get(qnameKey(name.namespace, name.local));
    if (found) return found;
    const message = `There is no ${noun} "${written}" in the namespace "${name.namespace}".${this.#hint(noun, reference)}`;
    const other = this.#onlyNamesake(noun, name.local) ?? spare;
    const taken = other
      ? `for "${other.name.local}" in the namespace "${other.name.namespace}"`
      : 'as missing: what needs it is left out';
    this.#findings.tolerate(UNKNOWN[noun], source, message, taken);
    return this.#findings.isLenient ? other : undefined;
  }

  /**
   * Messages, portTypes and bindings have no namespace on the wire, and many toolkits look them up by local name alone
   * (gSOAP, node-soap, Savon): what they take, lenient mode takes, unless two have that name.
   */
  #onlyNamesake<N extends keyof Nouns>(noun: N, local: string): Named<Nouns[N]> | undefined {
    const [only, second] = [...this.#tables[noun].values()].filter(({ name }) => name.local === local);
    return second ? undefined : only;
  }

  #add<N extends keyof Nouns>(noun: N, nodes: readonly Nouns[N][], namespace: string): void {
    const table = this.#tables[noun];
    for (const node of nodes) {
      const key = qnameKey(namespace, node.name);
      const first = table.get(key);
      if (!first) table.set(key, { name: { namespace, local: node.name }, node });
      else if (!node.source.equals(first.node.source)) {
        this.#findings.tolerate(
          'XSD_DUPLICATE',
          node.source,
          `The ${noun} "${node.name}" is declared twice. Remove or rename one.`,
          'as if it were not there',
        );
      }
    }
  }

  #hint(noun: keyof Nouns, { name, written }: NameReference): string {
    const names = [...this.#tables[noun].values()].map((known) => known.name);
    const prefix = written.slice(0, written.lastIndexOf(':') + 1);
    const local = didYouMean(
      name.local,
      names.flatMap((known) => (known.namespace === name.namespace ? [known.local] : [])),
    );
    if (local !== '') return local.replace('mean "', `mean "${prefix}`);
    const elsewhere = names.find((known) => known.local === name.local);
    return elsewhere
      ? ` There is one in the namespace "${elsewhere.namespace}": use its prefix.`
      : ' Correct the name, or import the document that has it.';
  }
}
