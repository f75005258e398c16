import type { Delivery } from '../../connectors/index.ts';
import { readJsonInput } from '../calls/read-json-input.ts';
import { problemOfFaults } from '../http/input/problem-of-faults.ts';
import { ProblemError, type InputFault } from '../http/problem.ts';
import { applyPresets } from '../operations/apply-presets.ts';
import { memberAt, toPointer } from '../operations/member.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import type { Principal } from '../operations/principal.ts';
import { DecodeError, wrapElement, type JsonValue } from '../../wsdl/index.ts';
import { invalidXml, peek } from './invalid-xml.ts';
import type { MessageForm } from './message-form.ts';

/** The operation's input, whatever form it came in. @throws ProblemError 400, 403, 413 */
export function readCommand(
  runtime: OperationRuntime,
  principal: Principal,
  { body }: Pick<Delivery, 'body'>,
  form: MessageForm,
  maxDepth: number,
): JsonValue {
  if (form.kind === 'json')
    return readJsonInput(runtime, principal, body.length === 0 ? EMPTY : body, maxDepth);
  const value = decode(runtime, body, form.charset, peek(body, form.charset).kind === 'element');
  assertOwnMembers(runtime, principal, value);
  return value;
}

/** A message without a body stands for one without members, as over HTTP. */
const EMPTY = Buffer.from('{}');

function decode(
  { codec: { input, soapVersion } }: OperationRuntime,
  body: Uint8Array,
  charset: string | undefined,
  isBare: boolean,
): JsonValue {
  try {
    const decoded = isBare
      ? input.decode(wrapElement(body, soapVersion, charset))
      : input.decode(body, charset === undefined ? {} : { charset });
    if (decoded.kind === 'message') return JSON.parse(Buffer.from(decoded.json).toString()) as JsonValue;
  } catch (error) {
    throw error instanceof DecodeError ? invalidXml(error) : error;
  }
  throw new ProblemError('invalid-input', { detail: 'The message is a SOAP Fault, and no command.' });
}

/**
 * Members that the API sets itself, from the token or to a constant, have to stand in the XML where the schema requires them: there
 * they say the same, or nobody knows whom the sender meant. What is made of the message id replaces whatever is there.
 */
function assertOwnMembers({ route }: OperationRuntime, principal: Principal, value: JsonValue): void {
  if (route.presets.length === 0) return;
  const ours = applyPresets(route, principal, structuredClone(value));
  const found = route.presets
    .filter(({ from, member }) => from !== 'key' && !isSame(memberAt(value, member), memberAt(ours, member)))
    .map(({ member }): InputFault => ({
      pointer: toPointer(member),
      code: 'fixed',
      detail: 'Is set by the API, and the message says something else. Say the same, or leave it out.',
    }));
  if (found.length > 0) throw problemOfFaults(route, [], found);
}

function isSame(said: JsonValue | undefined, ours: JsonValue | undefined): boolean {
  return said === undefined || textOf(said) === textOf(ours);
}

/** `5` and `"5"` are the same element. */
function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
