import type { Route } from '../../../openapi/index.ts';
import type { ValueFault } from '../../../wsdl/index.ts';
import { toPointer } from '../../operations/member.ts';
import { ProblemError, type InputFault } from '../problem.ts';

/** More faults than anybody corrects at once; a hostile body could otherwise ask for an answer many times its size. */
const MAX_ERRORS = 100;
/** Longer ones point at names that somebody made up. */
const MAX_POINTER = 1024;
/** More names than anybody reads. */
const MAX_NAMES = 20;

/**
 * One 400 for all faults of an input. `found` were found while it was read, `faults` by the contract: one at a member
 * that came from a parameter is told by the parameter's name; each place is told of once. A fault in a member that the token set is the token's: 403.
 */
export function problemOfFaults(
  route: Route,
  faults: readonly ValueFault[],
  found: readonly InputFault[] = [],
): ProblemError {
  const ours = faults.map((fault) => presetProblem(route, fault)).find((problem) => problem !== undefined);
  if (ours !== undefined) return ours;
  const told = new Set(found.flatMap(({ parameter, pointer }) => parameter ?? pointer ?? []));
  const byContract = faults
    .map((fault) => toInputFault(route, fault))
    .filter(({ parameter, pointer }) => !told.has(parameter ?? pointer ?? ''));
  const errors = [...found, ...byContract];
  const count = errors.length === 1 ? 'One fault' : `${errors.length} faults`;
  return new ProblemError('invalid-input', {
    detail: `${count} in the input; see errors.`,
    errors: errors.slice(0, MAX_ERRORS),
  });
}

function toInputFault(route: Route, fault: ValueFault): InputFault {
  const { pointer, code } = fault;
  const source = route.parameters.find(({ member }) => covers(member, pointer));
  const place = source
    ? { parameter: source.name, in: source.in }
    : { pointer: pointer.slice(0, MAX_POINTER) };
  return { ...place, code, detail: detailOf(route, fault) };
}

/** The contract's words; but members that come from elsewhere are not offered to a body that may not have them. */
function detailOf({ parameters, presets }: Route, { pointer, message, known = [] }: ValueFault): string {
  const owner = pointer.slice(0, pointer.lastIndexOf('/'));
  const bound = new Set([...parameters, ...presets].map(({ member }) => toPointer(member)));
  const free = known.filter((name) => !bound.has(owner + toPointer([name])));
  if (free.length === known.length) return message;
  if (free.length === 0) return 'is not a member here; the body has none';
  return `is not a member here; the body has ${listNames(free)}`;
}

function listNames(names: readonly string[]): string {
  const listed = names.slice(0, MAX_NAMES).map((name) => `"${name}"`);
  return listed.join(', ') + (names.length > listed.length ? ' and more' : '');
}

function presetProblem(route: Route, { pointer }: ValueFault): ProblemError | undefined {
  const preset = route.presets.find(({ member }) => covers(member, pointer));
  if (preset === undefined) return undefined;
  if (preset.from === 'token')
    return new ProblemError('claim-missing', {
      detail: `The token's claim "${preset.claim}" does not fit this operation.`,
    });
  const where = `${route.service}, ${route.method} ${route.path}: the ${preset.from === 'key' ? 'idempotency key' : 'constant'} for ${preset.member.join('.')}`;
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
