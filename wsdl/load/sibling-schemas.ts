import type { Address } from './address.ts';
import type { ByteSource } from './byte-source.ts';
import { decodeText } from './decode-text.ts';
import { LoadError } from './load-error.ts';

/** More files than these beside a document are not looked at, nor are larger ones: a folder may hold anything. */
const MOST_FILES = 500;
const MOST_BYTES = 64 * 1024 * 1024;

/** Which schemas stand in the folders of a contract's documents, by target namespace; each folder is read once. */
export class SiblingSchemas {
  readonly #source: ByteSource;
  readonly #folders = new Map<string, Promise<ReadonlyMap<string, Address>>>();
  #filesLeft = MOST_FILES;
  #bytesLeft = MOST_BYTES;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The schema for a namespace beside the document; the first by name if there are several. */
  async find(beside: Address, namespace: string): Promise<Address | undefined> {
    const folder = this.#source.locate(beside).uri.replace(/[^/\\]*$/, '');
    const known = this.#folders.get(folder) ?? this.#scan(beside);
    this.#folders.set(folder, known);
    return (await known).get(namespace);
  }

  async #scan(beside: Address): Promise<ReadonlyMap<string, Address>> {
    const found = new Map<string, Address>();
    for (const address of await this.#source.siblings(beside)) {
      if (--this.#filesLeft < 0 || this.#bytesLeft < 0) break;
      const namespace = await this.#targetNamespace(address);
      if (namespace !== undefined && !found.has(namespace)) found.set(namespace, address);
    }
    return found;
  }

  async #targetNamespace(address: Address): Promise<string | undefined> {
    try {
      const bytes = await this.#source.read(address);
      this.#bytesLeft -= bytes.length;
      return targetNamespaceOf(decodeText(bytes));
    } catch (error) {
      if (error instanceof LoadError) return undefined;
      throw error;
    }
  }
}

/** Enough to choose a file by: what it says is checked when it is loaded. */
function targetNamespaceOf(text: string): string | undefined {
  const tag = /<(?:[^\s<>/:!?]+:)?schema\s[^<>]*>/.exec(text)?.[0];
  const value = tag && /\stargetNamespace\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(tag);
  return value ? (value[1] ?? value[2]) : undefined;
}
