import { DecodeError, peekMessage, type PeekedMessage } from '../../wsdl/index.ts';
import { ProblemError } from '../http/problem.ts';

/** What is wrong with a message in XML: its place and kind, as the words of the error may quote it. */
export function invalidXml({ code, path }: DecodeError): ProblemError {
  if (code === 'limit-exceeded') return new ProblemError('body-too-large');
  return new ProblemError('invalid-input', {
    detail: `The XML does not fit the contract: ${code} at ${path || '/'}.`,
    errors: [{ pointer: path || '/', code, detail: 'Is not what the contract has there.' }],
  });
}

/** As `peekMessage`. @throws ProblemError 400 */
export function peek(body: Uint8Array, charset: string | undefined): PeekedMessage {
  try {
    return peekMessage(body, charset);
  } catch (error) {
    throw error instanceof DecodeError ? invalidXml(error) : error;
  }
}
