import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { GivenMessage } from './compare-messages.ts';

/** Messages of one contract. */
export interface MessageCase {
  readonly wsdl: string;
  readonly messages: readonly GivenMessage[];
}

/**
 * Files named `...request.xml` and `...response.xml` below a folder, each with the WSDL that stands nearest above it: in
 * its own folder or one around it.
 */
export function findMessages(folder: string): MessageCase[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const wsdls = files.filter((file) => /\.wsdl$/i.test(file));
  const cases = new Map<string, GivenMessage[]>();
  for (const file of files) {
    const [, kind] = /(request|response)\.xml$/i.exec(basename(file)) ?? [];
    const wsdl = kind === undefined ? undefined : nearest(wsdls, dirname(file), folder);
    if (wsdl === undefined) continue;
    const direction = kind?.toLowerCase() === 'request' ? 'input' : 'output';
    cases.set(wsdl, [...(cases.get(wsdl) ?? []), { name: file, direction, xml: readFileSync(file) }]);
  }
  return [...cases].map(([wsdl, messages]) => ({ wsdl, messages }));
}

function nearest(wsdls: readonly string[], from: string, top: string): string | undefined {
  for (let folder = from; folder.startsWith(top); folder = dirname(folder)) {
    const found = wsdls.find((wsdl) => dirname(wsdl) === folder);
    if (found !== undefined) return found;
  }
  return undefined;
}
