import type { ServerResponse } from 'node:http';
import type { Endpoint } from '../endpoint.ts';
import { send } from '../send.ts';
import type { BoundaryMode } from './boundary-answerer.ts';

/** `?variants` of a port in boundary mode: the names of each operation's variants, in their order, as JSON. */
export function answerVariants(
  endpoint: Endpoint,
  variantsOf: BoundaryMode['variantsOf'],
  response: ServerResponse,
): void {
  const rows = endpoint.operations.map((operation) => [
    operation.id,
    variantsOf(endpoint, operation).map(({ name }) => name),
  ]);
  send(response, 200, 'application/json', `${JSON.stringify(Object.fromEntries(rows), undefined, 2)}\n`);
}
