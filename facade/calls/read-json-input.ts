import { parseBody } from '../http/input/parse-body.ts';
import { problemOfFaults } from '../http/input/problem-of-faults.ts';
import { checkInput } from '../operations/check-input.ts';
import { hasMember, toPointer } from '../operations/member.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import type { Principal } from '../operations/principal.ts';
import type { JsonValue } from '../../wsdl/index.ts';

/**
 * The whole input of an operation as one JSON value, the members included that HTTP takes from path, query and header. Those
 * that the API sets itself nobody may overrule. What the contract finds is told by whoever prepares the call, or here, together
 * with what is wrong already. @param maxDepth of nesting. @throws ProblemError 400, 403
 */
export function readJsonInput(
  operation: OperationRuntime,
  principal: Principal,
  bytes: Uint8Array,
  maxDepth: number,
): JsonValue {
  const { route } = operation;
  const { value, faults } = parseBody(bytes, maxDepth);
  const preset = route.presets.filter(({ member }) => hasMember(value, member));
  const found = [
    ...faults.map(({ pointer, code, message }) => ({ pointer, code, detail: message })),
    ...preset.map(({ member }) => ({
      pointer: toPointer(member),
      code: 'unknown-member',
      detail: 'Is set by the API; leave it out.',
    })),
  ];
  if (found.length > 0) throw problemOfFaults(route, checkInput(operation, principal, value), found);
  return value;
}
