import {
  sampleElement,
  sampleMessage,
  sampleVariants,
  type Contract,
  type ElementParticle,
  type JsonValue,
  type Message,
  type OperationCodec,
} from '../wsdl/index.ts';
import { CommandError, numberOption, type Command, type CommandInput } from './command.ts';
import { sourceHelp, sourceOptions } from './contract-source.ts';
import { codecFor, messageHelp, messageOptions } from './message-source.ts';

export const sampleCommand: Command = {
  name: 'sample',
  usage: '<wsdl> <operation> [--response|--fault NAME] [--xml] [--seed N] [--boundary]',
  summary: 'a valid sample message, as JSON or as a SOAP envelope',
  help: `  --response            the output message
  --fault NAME          this declared fault
  --xml                 the envelope instead of JSON
  --seed N              another sample; the same seed gives the same one
  --boundary            every sample at the edges of the contract, as the mock answers them: a JSON line each, or with --xml an envelope
  --many N              entries of the longest lists of --boundary; default 25\n${messageHelp}\n${sourceHelp}`,
  options: {
    response: { type: 'boolean' },
    fault: { type: 'string' },
    xml: { type: 'boolean' },
    seed: { type: 'string' },
    boundary: { type: 'boolean' },
    many: { type: 'string' },
    ...messageOptions,
    ...sourceOptions,
  },
  async run(input) {
    const { contract, codec } = await codecFor(input);
    const seed = numberOption(input, 'seed', { min: 0, max: 2 ** 31 - 1 }) ?? 1;
    const subject = subjectOf(codec, input);
    if (input.flags.has('boundary')) {
      const many = numberOption(input, 'many', { min: 3, max: 10_000 }) ?? 25;
      const options = { seed, many, mostCovering: 60, random: 0 };
      for (const { name, value } of sampleVariants(contract, subject.sampled, options))
        console.log(
          input.flags.has('xml')
            ? `<!-- ${name} -->\n${text(subject, value)}`
            : JSON.stringify({ name, value }),
        );
      return 0;
    }
    const value = subject.sample(contract, seed);
    console.log(input.flags.has('xml') ? text(subject, value) : JSON.stringify(value, null, 2));
    return 0;
  },
};

/** One message of the operation: how to sample it and how to write it. */
interface Subject {
  readonly sampled: Message | ElementParticle;
  readonly sample: (contract: Contract, seed: number) => JsonValue;
  readonly encode: (value: JsonValue) => Uint8Array;
}

function text({ encode }: Subject, value: JsonValue): string {
  return Buffer.from(encode(value)).toString('utf8');
}

function subjectOf(codec: OperationCodec, input: CommandInput): Subject {
  if (input.values.fault !== undefined) return faultSubject(codec, input.values.fault);
  const { operation } = codec;
  const isResponse = input.flags.has('response');
  const message = isResponse ? operation.output : operation.input;
  const messageCodec = isResponse ? codec.output : codec.input;
  if (message === undefined || messageCodec === undefined) {
    throw new CommandError(`${operation.name} is one-way: it has no response`);
  }
  return {
    sampled: message,
    sample: (contract, seed) => sampleMessage(contract, message, { seed }),
    encode: (value) => messageCodec.encode(value),
  };
}

function faultSubject(codec: OperationCodec, name: string): Subject {
  const { faults } = codec.operation;
  const fault = faults.find((candidate) => candidate.name === name);
  if (fault === undefined) {
    const names = faults.map((candidate) => candidate.name).join(', ') || 'none';
    throw new CommandError(`${codec.operation.name} declares no fault "${name}"; declared: ${names}`);
  }
  const { detail } = fault;
  return {
    sampled: detail,
    sample: (contract, seed) => sampleElement(contract, detail, { seed }),
    encode: (value) => codec.encodeFault({ category: 'Receiver', reason: name, detail: { name, value } }),
  };
}
