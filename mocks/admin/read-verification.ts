import type { JsonValue } from '../../wsdl/index.ts';
import type { Verification } from '../control/verify.ts';
import { asObject } from './admin-request.ts';
import { AdminProblem } from './problem.ts';

const TEXTS = ['operation', 'port', 'scenario'] as const;
const COUNTS = ['exactly', 'atLeast', 'atMost'] as const;

/** What the body of `/verify` asks for; its conditions are judged by who reads scenarios. @throws AdminProblem */
export function readVerification(body: JsonValue): Verification {
  const members = asObject(body, [...TEXTS, ...COUNTS, 'when']);
  for (const name of TEXTS)
    if (members[name] !== undefined && typeof members[name] !== 'string')
      throw new AdminProblem(400, `"${name}" must be a text`);
  for (const name of COUNTS)
    if (members[name] !== undefined && !isCount(members[name]))
      throw new AdminProblem(400, `"${name}" must be a whole number from 0`);
  if (members.when !== undefined && !Array.isArray(members.when))
    throw new AdminProblem(400, '"when" must be a list');
  return members;
}

function isCount(value: JsonValue): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
