import { ValueError, type JsonValue, type ValueFault } from '../../wsdl/index.ts';
import { applyPresets } from './apply-presets.ts';
import type { OperationRuntime } from './operation-runtime.ts';
import type { Principal } from './principal.ts';

/** Every fault that the contract finds in `input`, which may be changed. @throws ClaimError */
export function checkInput(
  operation: OperationRuntime,
  principal: Principal,
  input: JsonValue,
): readonly ValueFault[] {
  const value = applyPresets(operation.route, principal, input);
  try {
    operation.codec.input.encode(value);
    return [];
  } catch (error) {
    if (error instanceof ValueError) return error.faults;
    throw error;
  }
}
