import {
  compileCodec,
  sampleMessage,
  type Contract,
  type JsonValue,
  type Operation,
} from '../../wsdl/index.ts';
import { planRoutes, type Route } from '../../openapi/index.ts';
import type { Load } from './load.ts';

/** No answer larger than this: it is the translation of a message that counts, not its length. */
const MOST_BYTES = 256 * 1024;

/** The operation of any contract whose full sample answer is the largest, by the route that Portico infers for it. */
export function contractLoad(contract: Contract, title: string): Load {
  const { routes } = planRoutes(contract, { service: 'bank' });
  const loads = routes.flatMap((route) => loadOf(contract, route, title) ?? []);
  const [largest] = loads
    .filter(({ reply }) => reply.length <= MOST_BYTES)
    .sort((left, right) => right.reply.length - left.reply.length);
  if (largest === undefined)
    throw new Error(`${title}: no operation of this contract can be asked by a sample`);
  return largest;
}

function loadOf(contract: Contract, route: Route, title: string): Load | undefined {
  const { operation, input, output } = compileCodec(contract, {
    operation: route.operation,
    port: route.port,
    service: route.wsdlService,
  });
  // Parameters would have to be written into URLs; operations with a body are enough to choose from.
  if (output === undefined || route.parameters.length > 0 || !route.hasBody) return undefined;
  try {
    const value = sampleMessage(contract, operation.input, { mode: 'full' });
    return {
      ...heading(operation, route, title),
      body: JSON.stringify(value),
      envelope: Buffer.from(input.encode(value)).toString(),
      reply: Buffer.from(output.encode(outputSample(contract, operation))).toString(),
    };
  } catch {
    return undefined;
  }
}

function outputSample(contract: Contract, { output }: Operation): JsonValue {
  return sampleMessage(contract, output!, { mode: 'full' });
}

function heading(
  operation: Operation,
  route: Route,
  title: string,
): Omit<Load, 'body' | 'envelope' | 'reply'> {
  return {
    name: title,
    title: `${title} ${operation.name}`,
    operation: operation.name,
    action: operation.soapAction,
    method: 'POST',
    paths: [route.path],
    soapInput: {},
    connections: [50],
    reference: 'pass-through',
    contenders: ['pass-through', 'portico'],
  };
}
