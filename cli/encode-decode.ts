import { buffer } from 'node:stream/consumers';
import { parseBody, ProblemError, type ParsedBody } from '../facade/index.ts';
import {
  DecodeError,
  defaultLimits,
  ValueError,
  type JsonValue,
  type MessageCodec,
  type OperationCodec,
  type SoapFault,
  type ValueFault,
} from '../wsdl/index.ts';
import { CommandError, type Command, type CommandInput } from './command.ts';
import { sourceHelp, sourceOptions } from './contract-source.ts';
import { codecFor, messageHelp, messageOptions } from './message-source.ts';

const options = { response: { type: 'boolean' }, ...messageOptions, ...sourceOptions } as const;
const help = `  --response            the output message instead of the input\n${messageHelp}\n${sourceHelp}`;

export const encodeCommand: Command = {
  name: 'encode',
  usage: '<wsdl> <operation> [--response]',
  summary: 'JSON on stdin -> SOAP envelope on stdout',
  help,
  options,
  async run(input) {
    const { codec } = await codecFor(input);
    const message = messageOf(codec, input);
    process.stdout.write(encode(message, parseJson(await buffer(process.stdin))));
    process.stdout.write('\n');
    return 0;
  },
};

export const decodeCommand: Command = {
  name: 'decode',
  usage: '<wsdl> <operation> [--response]',
  summary: 'SOAP envelope on stdin -> JSON on stdout',
  help: `${help}\nA SOAP Fault is printed as JSON too; the exit code is then 3.`,
  options,
  async run(input) {
    const { codec } = await codecFor(input);
    const decoded = decode(messageOf(codec, input), await buffer(process.stdin));
    if (decoded.kind === 'message') {
      process.stdout.write(decoded.json);
      process.stdout.write('\n');
      return 0;
    }
    console.log(JSON.stringify(faultToJson(decoded.fault)));
    return 3;
  },
};

function messageOf(codec: OperationCodec, input: CommandInput): MessageCodec {
  if (!input.flags.has('response')) return codec.input;
  if (codec.output === undefined)
    throw new CommandError(`${codec.operation.name} is one-way: it has no response`);
  return codec.output;
}

/** As strictly as the facade reads a body: nothing is rounded, and no member counts that stands twice. */
function parseJson(bytes: Uint8Array): JsonValue {
  const { value, faults } = parse(bytes);
  if (faults.length > 0) throw new CommandError(listFaults(faults));
  return value;
}

function parse(bytes: Uint8Array): ParsedBody {
  try {
    return parseBody(bytes, defaultLimits.maxDepth);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new CommandError(`stdin: ${error.problem.detail ?? error.problem.title}`, { cause: error });
  }
}

function listFaults(faults: readonly ValueFault[]): string {
  return faults.map(({ pointer, code, message }) => `${pointer || '/'} ${code}: ${message}`).join('\n');
}

function encode(message: MessageCodec, value: JsonValue): Uint8Array {
  try {
    return message.encode(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CommandError(listFaults(error.faults), { cause: error });
  }
}

function decode(message: MessageCodec, bytes: Uint8Array): ReturnType<MessageCodec['decode']> {
  try {
    return message.decode(bytes);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new CommandError(`${error.code} at ${error.message}`, { cause: error });
  }
}

function faultToJson(fault: SoapFault): unknown {
  const { detail, ...rest } = fault;
  if (detail === undefined) return rest;
  return {
    ...rest,
    detail: { name: detail.name, value: JSON.parse(Buffer.from(detail.json).toString('utf8')) as unknown },
  };
}
