import { buffer } from 'node:stream/consumers';
import { parseBody, ProblemError, type ParsedBody } from '../facade/index.ts';
import {
  DecodeError,
  defaultLimits,
  ValueError,
  writePackage,
  type Decoded,
  type EncodedPackage,
  type JsonValue,
  type MessageCodec,
  type OperationCodec,
  type PackageOptions,
  type SoapFault,
  type ValueFault,
} from '../wsdl/index.ts';
import { CommandError, numberOption, type Command, type CommandInput } from './command.ts';
import { sourceHelp, sourceOptions } from './contract-source.ts';
import { readMimeInput } from './mime-input.ts';
import { codecFor, messageHelp, messageOptions } from './message-source.ts';

const options = { response: { type: 'boolean' }, ...messageOptions, ...sourceOptions } as const;
const help = `  --response            the output message instead of the input\n${messageHelp}\n${sourceHelp}`;

export const encodeCommand: Command = {
  name: 'encode',
  usage: '<wsdl> <operation> [--response] [--package] [--mtom N]',
  summary: 'JSON on stdin -> SOAP envelope on stdout',
  help: `  --package           a MIME package (multipart/related) with its header, for messages with attachments
  --mtom N            binary content of at least N octets is an attachment too (MTOM); implies --package\n${help}`,
  options: { package: { type: 'boolean' }, mtom: { type: 'string' }, ...options },
  async run(input) {
    const leastOctets = numberOption(input, 'mtom', { min: 0, max: Number.MAX_SAFE_INTEGER });
    const { codec } = await codecFor(input);
    const message = messageOf(codec, input);
    const encoded = encode(message, parseJson(await buffer(process.stdin)), {
      ...(leastOctets !== undefined && { leastOctets }),
    });
    if (input.flags.has('package') || leastOctets !== undefined) writeMime(codec, encoded);
    else writeEnvelope(encoded);
    return 0;
  },
};

export const decodeCommand: Command = {
  name: 'decode',
  usage: '<wsdl> <operation> [--response]',
  summary: 'SOAP envelope on stdin -> JSON on stdout',
  help: `${help}\nA MIME package (multipart/related) is read too, with its header or from its first boundary on.\nA SOAP Fault is printed as JSON too; the exit code is then 3.`,
  options,
  async run(input) {
    const { codec } = await codecFor(input);
    const decoded = await decode(messageOf(codec, input), await buffer(process.stdin));
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
    throw new CommandError(`stdin: ${error.problem.detail}`, { cause: error });
  }
}

function listFaults(faults: readonly ValueFault[]): string {
  return faults.map(({ pointer, code, message }) => `${pointer || '/'} ${code}: ${message}`).join('\n');
}

function encode(message: MessageCodec, value: JsonValue, options: PackageOptions): EncodedPackage {
  try {
    return message.encodePackage(value, options);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CommandError(listFaults(error.faults), { cause: error });
  }
}

function writeEnvelope({ envelope, attachments }: EncodedPackage): void {
  if (attachments.length > 0)
    throw new CommandError(
      'the message has attachments: --package writes it with them, as multipart/related',
    );
  process.stdout.write(envelope);
  process.stdout.write('\n');
}

function writeMime({ soapVersion, operation }: OperationCodec, encoded: EncodedPackage): void {
  const { envelope, attachments, packaging = 'xop' } = encoded;
  const action = operation.soapAction;
  const { contentType, body } = writePackage({ soapVersion, action, envelope, packaging, attachments });
  process.stdout.write(`MIME-Version: 1.0\r\nContent-Type: ${contentType}\r\n\r\n`);
  process.stdout.write(body as Uint8Array);
}

async function decode(message: MessageCodec, bytes: Uint8Array): Promise<Decoded> {
  try {
    const { envelope, ...options } = await readMimeInput(bytes);
    return message.decode(envelope, options);
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
