import { XmlBufferInputProvider, xmlRegisterInputProvider } from 'libxml2-wasm';

/** libxml2 asks for the documents of a schema by name; these answer from memory, under names that no file has. */
const provider = new XmlBufferInputProvider({});
let isRegistered = false;
let sets = 0;

/** Some documents that libxml2 can open for as long as it compiles a schema. */
export interface MemoryFiles {
  add(name: string, bytes: Uint8Array): void;
  /** What `schemaLocation` must say for the file. */
  locationOf(name: string): string;
  close(): void;
}

export function openMemoryFiles(): MemoryFiles {
  if (!isRegistered) isRegistered = xmlRegisterInputProvider(provider);
  const folder = `portico-doctor:/${++sets}/`;
  const names = new Set<string>();
  return {
    add(name, bytes) {
      names.add(name);
      provider.addBuffer(folder + name, bytes);
    },
    locationOf: (name) => folder + name,
    close() {
      for (const name of names) provider.removeBuffer(folder + name);
    },
  };
}
