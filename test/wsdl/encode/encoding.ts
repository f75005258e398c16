import assert from 'node:assert/strict';

import { compileEncoder } from '../../../wsdl/codec/encode/compile-encoder.ts';
import { ValueError, type Contract, type JsonValue } from '../../../wsdl/index.ts';

/** The envelope of the operation `Run` as text. */
export function encodeEnvelope(contract: Contract, value: JsonValue): string {
  const binding = Object.values(contract.bindings)[0]!;
  const message = binding.operations[0]!.input;
  return Buffer.from(
    compileEncoder({ contract, soapVersion: binding.soapVersion, message })(value).envelope,
  ).toString();
}

/** What stands in soap:Body, without the prefix of the target namespace. */
export function encodeBody(contract: Contract, value: JsonValue): string {
  const body = /<soap:Body>(.*)<\/soap:Body>/s.exec(encodeEnvelope(contract, value))?.[1] ?? '';
  return body.replaceAll('tns:', '');
}

/** What stands in the element `Run`. */
export function encodeRun(contract: Contract, value: JsonValue): string {
  return /^<Run[^>]*>(.*)<\/Run>$/s.exec(encodeBody(contract, value))?.[1] ?? '(not Run)';
}

/** `pointer code` of each fault. */
export function faultsOf(contract: Contract, value: JsonValue): string[] {
  return fullFaultsOf(contract, value).map(({ pointer, code }) => `${pointer} ${code}`);
}

export function fullFaultsOf(contract: Contract, value: JsonValue): ValueError['faults'] {
  try {
    encodeEnvelope(contract, value);
  } catch (error) {
    assert.ok(error instanceof ValueError, String((error as Error).stack));
    return error.faults;
  }
  return assert.fail('the value was taken');
}
