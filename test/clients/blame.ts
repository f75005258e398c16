import type { CompileOptions } from '../../wsdl/index.ts';
import { compareMessages, type MessageVerdict } from '../messages/compare-messages.ts';
import type { ClientCase, ProbeLine } from './case.ts';
import type { Exchange } from './tap.ts';

/** How a case ended. `ours` is a defect of the mock; `unjudged` may be one: no schema judges SOAP encoding. */
export interface Ending {
  readonly kind: 'answered' | 'not expressed' | 'client' | 'unjudged' | 'ours';
  readonly reason?: string;
}

/**
 * Whose failure it is: libxml2 is asked about the request, if the mock refused it, and about the answer, if the client did
 * not understand it. What never came to the mock the client could not say.
 */
export async function blame(
  wsdl: string,
  { id, operation, soapVersion }: ClientCase,
  line: ProbeLine | undefined,
  exchange: Exchange | undefined,
  options: CompileOptions,
): Promise<Ending> {
  const said = line?.reason ?? 'the client stopped before this operation';
  if (exchange === undefined) return { kind: 'not expressed', reason: said };
  if (line?.ok === true) return { kind: 'answered' };
  const spoken = exchange.request.includes('http://www.w3.org/2003/05/soap-envelope') ? '1.2' : '1.1';
  if (spoken !== soapVersion)
    return { kind: 'client', reason: `spoke SOAP ${spoken} to a port of SOAP ${soapVersion}` };
  const isFault = /:Fault[\s>]|<Fault[\s>]/.test(exchange.response.toString('utf8'));
  const judged = isFault ? exchange.request : exchange.response;
  const verdict = await verdictOn(wsdl, `${operation} ${id}`, isFault ? 'input' : 'output', judged, options);
  const isValid = verdict.kind !== 'invalid' && verdict.kind !== 'broken';
  if (isFault && verdict.kind === 'encoded')
    return { kind: 'unjudged', reason: `refused in SOAP encoding: ${textOf(exchange.response)}` };
  if (isFault)
    return isValid
      ? { kind: 'ours', reason: `a valid request was refused: ${textOf(exchange.response)}` }
      : { kind: 'client', reason: `sent what is not valid: ${verdict.reason ?? ''}` };
  return isValid || exchange.response.length === 0
    ? { kind: 'client', reason: `did not read a valid answer: ${said}` }
    : { kind: 'ours', reason: `the answer is not valid: ${verdict.reason ?? ''}` };
}

async function verdictOn(
  wsdl: string,
  name: string,
  direction: 'input' | 'output',
  xml: Uint8Array,
  options: CompileOptions,
): Promise<MessageVerdict> {
  const [verdict] = await compareMessages(wsdl, [{ name, direction, xml }], options);
  return verdict!;
}

function textOf(xml: Buffer): string {
  return xml
    .toString('utf8')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
