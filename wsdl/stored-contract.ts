import type { Contract } from './contract.ts';

const VERSION: Contract['version'] = 1;

export function serializeContract(contract: Contract): string {
  return `${JSON.stringify(contract)}\n`;
}

/** @returns the contract, or what is wrong with the text, to follow the name of its file. */
export function parseStoredContract(text: string): Contract | string {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    // The parser's message would quote the text.
    return 'is not JSON. Import the WSDL again.';
  }
  if (!isRecord(stored) || stored['kind'] !== 'contract')
    return 'is not a stored contract. Import the WSDL again.';
  if (stored['version'] !== VERSION)
    return `was stored in format ${String(stored['version'])}; this version reads format ${VERSION}. Import the WSDL again.`;
  return hasParts(stored)
    ? (stored as unknown as Contract)
    : 'is a stored contract with parts missing. Import the WSDL again.';
}

function hasParts(stored: Record<string, unknown>): boolean {
  const records = ['bindings', 'types', 'elements', 'attributes'].every((part) => isRecord(stored[part]));
  return records && Array.isArray(stored['services']) && typeof stored['name'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
