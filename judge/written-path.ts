import type { XmlElement } from 'libxml2-wasm';
import { PREFIX } from './marks.ts';
import { elementsIn } from './schema-documents.ts';

/**
 * A node path of libxml2 with the names as they are written. libxml2 writes `*[3]`, the third element whatever its name, for
 * what has a default namespace; that becomes `name`, or `name[2]` among several of that name.
 */
export function writtenPath(root: XmlElement, path: string): string {
  const steps = path.split('/').slice(1);
  const names: string[] = [];
  let candidates: readonly XmlElement[] = [root];
  for (const step of steps) {
    const [, name = '', place = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const found = isElementStep(name)
      ? candidates.filter((one) => name === '*' || one.name === localOf(name))[Number(place) - 1]
      : undefined;
    names.push(found === undefined ? step : stepOf(found, candidates));
    candidates = found === undefined ? [] : elementsIn(found);
  }
  return `/${names.join('/')}`;
}

function isElementStep(name: string): boolean {
  return !name.startsWith('@') && !name.endsWith(')');
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function stepOf(element: XmlElement, siblings: readonly XmlElement[]): string {
  const name = writtenName(element);
  const same = siblings.filter((sibling) => writtenName(sibling) === name);
  return same.length > 1 ? `${name}[${same.findIndex((one) => one.isSameNode(element)) + 1}]` : name;
}

/** An element that is being judged has lost its prefix; it is the SOAP envelope's, as its neighbours'. */
function writtenName({ name, prefix, doc }: XmlElement): string {
  const shown = prefix === PREFIX ? doc.root.prefix : prefix;
  return shown === '' ? name : `${shown}:${name}`;
}
