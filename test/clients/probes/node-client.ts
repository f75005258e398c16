import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { XmlDocument, XmlElement, XmlText, XmlCData } from 'libxml2-wasm';
import type { ClientCase, ProbeJob, ProbeLine } from '../case.ts';

/**
 * Calls each case with a SOAP client of npm: `node node-client.ts <package> <file beside which it is installed>`. Its arguments
 * are made of the sample as the package's own documentation says: local names, arrays for what comes twice, attributes and
 * text under the keys that it gives them.
 */

interface Callback {
  (error: unknown, result?: unknown): void;
}
type Method = (args: unknown, callback: Callback, options?: object) => void;
interface Client {
  setEndpoint(url: string): void;
  addSoapHeader(header: unknown, name?: string, namespace?: string): number;
  clearSoapHeaders(): void;
  readonly [service: string]: unknown;
}
interface Package {
  createClient(wsdl: string, options: object, callback: (error: unknown, client?: Client) => void): void;
}

const KEYS = {
  soap: { attributes: 'attributes', value: '$value' },
  'strong-soap': { attributes: '$attributes', value: '$value' },
} as const;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const PATIENCE_MS = 15_000;

const [name, beside] = process.argv.slice(2) as [keyof typeof KEYS, string];
const keys = KEYS[name];
const loaded = createRequire(beside)(name) as Package & { readonly soap?: Package };
const library = loaded.soap ?? loaded;
const job = JSON.parse(await text(process.stdin)) as ProbeJob;

/** node-soap speaks the version that it was made for, whatever the port says. */
const clients = {
  '1.1': await openClient({ disableCache: true }),
  '1.2': await openClient({ disableCache: true, forceSoap12Headers: true }),
};
for (const one of job.cases) print(await tried(one));
process.exit(0);

function openClient(options: object): Promise<Client> {
  return new Promise((resolve, reject) => {
    library.createClient(job.wsdl, options, (error, made) => {
      if (made === undefined) reject(new Error(String(error)));
      else resolve(made);
    });
  });
}

function print(line: ProbeLine): void {
  console.log(JSON.stringify(line));
}

async function tried(one: ClientCase): Promise<ProbeLine> {
  try {
    await call(one);
    return { id: one.id, ok: true };
  } catch (error) {
    return { id: one.id, ok: false, reason: error instanceof Error ? error.message : JSON.stringify(error) };
  }
}

async function call({
  service,
  port,
  operation,
  soapVersion,
  endpoint,
  envelope,
  style,
}: ClientCase): Promise<void> {
  const caller = clients[soapVersion === '1.2' ? '1.2' : '1.1'];
  // It makes the methods anew.
  caller.setEndpoint(endpoint);
  const methods = (caller[service] as Record<string, Record<string, Method>> | undefined)?.[port];
  const method = methods?.[operation];
  if (method === undefined) throw new Error(`the client has no ${service}.${port}.${operation}`);
  const args = argumentsOf(caller, { envelope, style, operation });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('no answer in time'));
    }, PATIENCE_MS);
    method.call(methods, args, (error) => {
      clearTimeout(timer);
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error(JSON.stringify(error)));
    });
  });
}

/** The content of the Body's first child; of a body of several elements all of them. */
function argumentsOf(
  caller: Client,
  { envelope, style, operation }: Pick<ClientCase, 'envelope' | 'style' | 'operation'>,
): unknown {
  const document = XmlDocument.fromBuffer(readFileSync(envelope));
  try {
    caller.clearSoapHeaders();
    const parts = elementsIn(document.root);
    const declared = Object.entries(document.root.nsDeclarations);
    for (const block of parts.filter(({ name: part }) => part === 'Header').flatMap(elementsIn)) {
      for (const [prefix, namespace] of declared) block.addNsDeclaration(namespace, prefix);
      caller.addSoapHeader(
        name === 'soap' ? block.toString() : { [block.name]: toValue(block) },
        block.name,
        block.namespaceUri,
      );
    }
    const content = elementsIn(parts.find(({ name: part }) => part === 'Body')!);
    if (content.length === 0) return {};
    if (content.length > 1 && style.startsWith('document'))
      return Object.fromEntries(content.map((element) => [element.name, toValue(element)]));
    const [only] = content;
    const value = toValue(only!);
    // strong-soap unwraps what is named like its operation, and nothing else.
    if (name === 'strong-soap' && style.startsWith('document') && only!.name !== operation)
      return { [only!.name]: value };
    return value === '' ? {} : value;
  } finally {
    document.dispose();
  }
}

function elementsIn(element: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = element.firstChild; node; node = node.next)
    if (node instanceof XmlElement) found.push(node);
  return found;
}

function textIn(element: XmlElement): string {
  let found = '';
  for (let node = element.firstChild; node; node = node.next)
    if (node instanceof XmlText || node instanceof XmlCData) found += node.content;
  return found;
}

function toValue(element: XmlElement): unknown {
  if (element.attr('nil', XSI)?.value === 'true') return null;
  const attributes = Object.fromEntries(
    element.attrs
      .filter(({ namespaceUri }) => namespaceUri === '')
      .map((attribute) => [attribute.name, attribute.value]),
  );
  const hasAttributes = Object.keys(attributes).length > 0;
  const children = elementsIn(element);
  if (children.length === 0) {
    const value = textIn(element);
    return hasAttributes ? { [keys.attributes]: attributes, [keys.value]: value } : value;
  }
  const members: Record<string, unknown> = hasAttributes ? { [keys.attributes]: attributes } : {};
  for (const child of children) {
    const value = toValue(child);
    const former = members[child.name];
    if (!(child.name in members)) members[child.name] = value;
    else if (Array.isArray(former)) former.push(value);
    else members[child.name] = [former, value];
  }
  return members;
}
