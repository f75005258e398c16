import { compileCodec, type Operation, type OperationCodec } from '../wsdl/index.ts';
import type { Endpoint } from './endpoint.ts';

/** The codec of an operation at an endpoint. */
export type CodecOf = (endpoint: Endpoint, operation: Operation) => OperationCodec;

/** A codec is compiled when its operation is first called: a mock of thousands starts as fast as one of a few. */
export function createCodecs(): CodecOf {
  const codecs = new Map<Operation, OperationCodec>();
  return (endpoint, operation) => {
    const codec = codecs.get(operation) ?? compileFor(endpoint, operation);
    codecs.set(operation, codec);
    return codec;
  };
}

function compileFor(endpoint: Endpoint, operation: Operation): OperationCodec {
  return compileCodec(endpoint.contract, {
    service: endpoint.service.name,
    port: endpoint.port.name,
    operation: operation.id,
  });
}
