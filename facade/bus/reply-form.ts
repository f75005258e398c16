import type { KeptAnswer } from '../commands/command-store.ts';
import { ProblemError, type Problem } from '../http/problem.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import type { JsonValue } from '../../wsdl/index.ts';
import type { MessageForm } from './message-form.ts';
import { toProblemXml, toXmlCharacters } from './problem-xml.ts';

/** What goes back, in the form that the command came in. */
export interface ReplyContent {
  readonly contentType?: string;
  readonly body: Uint8Array;
}

const PROBLEM = 'application/problem+json';
const FIRST_ERROR_OF_SERVER = 500;
const XML_TYPES = { '1.1': 'text/xml; charset=utf-8', '1.2': 'application/soap+xml; charset=utf-8' } as const;
const NOTHING = new Uint8Array();

/** Of an answer that is kept whole. @throws ValueError where it does not fit the contract that it came from. */
export function contentOfAnswer(
  operation: OperationRuntime,
  { contentType, body = NOTHING }: KeptAnswer,
  form: MessageForm,
): ReplyContent {
  if (form.kind === 'json' || contentType === undefined)
    return contentType === undefined ? { body } : { contentType, body };
  // Kept over HTTP as binary content: XML cannot say it without the contract's own message, which is gone.
  if (contentType !== PROBLEM && !contentType.startsWith('application/json'))
    return faultOf(operation, new ProblemError('answer-not-kept').problem);
  const value = JSON.parse(Buffer.from(body).toString()) as JsonValue;
  if (contentType === PROBLEM) return faultOf(operation, value as unknown as Problem & { fault?: JsonValue });
  const { codec } = operation;
  return { contentType: XML_TYPES[codec.soapVersion], body: codec.output!.encode(value) };
}

/** @param operation missing where the message does not say which: then there is no SOAP to speak of, and JSON has to do. */
export function contentOfProblem(
  operation: OperationRuntime | undefined,
  problem: Problem,
  form: MessageForm | undefined,
): ReplyContent {
  if (form?.kind !== 'xml' || operation === undefined)
    return { contentType: PROBLEM, body: Buffer.from(JSON.stringify(problem)) };
  return faultOf(operation, problem);
}

/** A declared fault with its own detail; any other with the problem as detail. */
function faultOf(
  { codec, route }: OperationRuntime,
  { fault, ...problem }: Problem & { readonly fault?: JsonValue },
): ReplyContent {
  const declared =
    fault === undefined
      ? undefined
      : route.faults.find(({ code, status }) => code === problem.code && status === problem.status);
  const body = codec.encodeFault({
    category: problem.status < FIRST_ERROR_OF_SERVER ? 'Sender' : 'Receiver',
    reason: toXmlCharacters(problem.detail === '' ? problem.title : problem.detail),
    ...(declared && fault !== undefined
      ? { detail: { name: declared.name, value: fault } }
      : { undeclaredDetail: toProblemXml(problem) }),
  });
  return { contentType: XML_TYPES[codec.soapVersion], body };
}
