import type { Answerer, SoapCall } from './call.ts';
import { encodeAnswer } from './encode-answer.ts';
import { handlerOf, type MockAnswer, type MockHandler, type MockHandlers } from './handlers.ts';
import { Refusal } from './refusal.ts';

/** Answers what has a handler that wants to answer. */
export function createHandlerAnswerer(handlers: MockHandlers): Answerer {
  return async (call, next) => {
    const handler = handlerOf(handlers, call.endpoint.service.name, call.operation.id);
    const answer = handler && (await askHandler(handler, call));
    return answer ? { answer: encodeAnswer(call, answer), by: { kind: 'handler' } } : next();
  };
}

async function askHandler(
  handler: MockHandler,
  { endpoint, operation, input, headers }: SoapCall,
): Promise<MockAnswer | undefined> {
  const service = endpoint.service.name;
  try {
    return await handler({ service, port: endpoint.port.name, operation: operation.id, input, headers });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal('Receiver', `the handler of ${service}.${operation.id} failed: ${message}`);
  }
}
