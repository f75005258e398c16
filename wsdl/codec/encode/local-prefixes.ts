import { XML_NAMESPACE } from '../../qname.ts';
import { escapeAttribute } from '../../xml/escape.ts';

/** Prefixes for namespaces that only a value knows, declared on the element where it stands. */
export class LocalPrefixes {
  readonly #prefixes = new Map<string, string>([[XML_NAMESPACE, 'xml']]);
  /** ` xmlns:q1="..."`, as many as were asked for. */
  declarations = '';

  readonly declare: (namespace: string) => string = (namespace) => {
    const known = this.#prefixes.get(namespace);
    if (known !== undefined) return known;
    const prefix = `q${this.#prefixes.size}`;
    this.#prefixes.set(namespace, prefix);
    this.declarations += ` xmlns:${prefix}="${escapeAttribute(namespace)}"`;
    return prefix;
  };
}
