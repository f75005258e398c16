import type { Route } from '../../../openapi/index.ts';
import type { ValueFault } from '../../../wsdl/index.ts';
import { toPointer } from '../../operations/member.ts';
import { ProblemError, type InputFault } from '../problem.ts';

/** More faults than anybody corrects at once; a hostile body could otherwise ask for an answer many times its size. */
const MAX_ERRORS = 100;

/**
 * One 400 for all faults of an input. `found` were found while it was read, `faults` by the contract: one at a member
 * that came from a parameter is told by the parameter's name, once. A fault in a member that the token set is the token's: 403.
 */
export function problemOfFaults(
  route: Route,
  faults: readonly ValueFault[],
  found: readonly InputFault[] = [],
): ProblemError {
  const ours = faults.map((fault) => presetProblem(route, fault)).find((problem) => problem !== undefined);
  if (ours !== undefined) return ours;
  const told = new Set(found.flatMap(({ parameter }) => parameter ?? []));
  const byContract = faults
    .map((fault) => toInputFault(route, fault))
    .filter(({ parameter }) => parameter === undefined || !told.has(parameter));
  const errors = [...found, ...byContract];
  const count = errors.length === 1 ? 'One fault' : `${errors.length} faults`;
  return new ProblemError('invalid-input', {
    detail: `${count} in the input; see errors.`,
    errors: errors.slice(0, MAX_ERRORS),
  });
}

function toInputFault(route: Route, { pointer, code, message }: ValueFault): InputFault {
  const source = route.parameters.find(({ member }) => covers(member, pointer));
  return { ...(source ? { parameter: source.name, in: source.in } : { pointer }), code, detail: message };
}

function presetProblem(route: Route, { pointer }: ValueFault): ProblemError | undefined {
  const preset = route.presets.find(({ member }) => covers(member, pointer));
  if (preset === undefined) return undefined;
  if (preset.from === 'token')
    return new ProblemError('claim-missing', {
      detail: `The token's claim "${preset.claim}" does not fit this operation.`,
    });
  const where = `${route.service}, ${route.method} ${route.path}: the constant for ${preset.member.join('.')}`;
  return new ProblemError(
    'internal-error',
    {},
    {},
    { cause: new Error(`${where} does not fit the contract; correct it in the mapping`) },
  );
}

/** Whether `pointer` is the member or lies below it. */
function covers(member: readonly string[], pointer: string): boolean {
  const own = toPointer(member);
  return pointer === own || pointer.startsWith(`${own}/`);
}
