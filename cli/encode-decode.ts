import { buffer } from 'node:stream/consumers';
import {
  DecodeError,
  ValueError,
  type JsonValue,
  type MessageCodec,
  type OperationCodec,
  type SoapFault,
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
    process.stdout.write(encode(message, parseJson((await buffer(process.stdin)).toString('utf8'))));
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

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new CommandError(`stdin is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function encode(message: MessageCodec, value: JsonValue): Uint8Array {
  try {
    return message.encode(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CommandError(
      error.faults.map((fault) => `${fault.pointer || '/'} ${fault.code}: ${fault.message}`).join('\n'),
      {
        cause: error,
      },
    );
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
