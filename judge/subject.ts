import type {
  Binding,
  ElementParticle,
  FaultMessage,
  Message,
  Operation,
  SoapVersion,
} from '../wsdl/index.ts';
import type { MessageSchemas, MessageTypes } from './message-schema.ts';

export type Direction = 'input' | 'output' | 'fault';

/** One kind of message of an operation: its input, its output or a declared fault. */
export interface Subject {
  readonly direction: Direction;
  readonly operation: Operation;
  readonly soapVersion: SoapVersion;
  /** The declared fault, if it is one. */
  readonly fault?: FaultMessage;
  /** The message, if it is none. */
  readonly message?: Message;
  readonly sampled: Message | ElementParticle;
  readonly types: MessageTypes;
}

export function subjectsOf(
  { soapVersion }: Binding,
  operation: Operation,
  schemas: MessageSchemas,
): Subject[] {
  const ofMessage = (direction: Direction, message: Message): Subject => {
    const types = schemas.addMessage(message);
    return { direction, operation, soapVersion, message, sampled: message, types };
  };
  const ofFault = (fault: FaultMessage): Subject => {
    const types = schemas.addFault(fault);
    return { direction: 'fault', operation, soapVersion, fault, sampled: fault.detail, types };
  };
  const { begunBy, input, output, faults } = operation;
  return [
    ...(begunBy && input.body.members.length === 0 ? [] : [ofMessage('input', input)]),
    ...(output ? [ofMessage('output', output)] : []),
    ...faults.map(ofFault),
  ];
}
