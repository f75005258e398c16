import {
  sampleElement,
  sampleMessage,
  type Contract,
  type JsonValue,
  type OperationCodec,
} from '../wsdl/index.ts';
import { CommandError, numberOption, type Command, type CommandInput } from './command.ts';
import { sourceHelp, sourceOptions } from './contract-source.ts';
import { codecFor, messageHelp, messageOptions } from './message-source.ts';

interface Sample {
  readonly json: JsonValue;
  readonly xml: () => Uint8Array;
}

export const sampleCommand: Command = {
  name: 'sample',
  usage: '<wsdl> <operation> [--response|--fault NAME] [--xml] [--seed N]',
  summary: 'a valid sample message, as JSON or as a SOAP envelope',
  help: `  --response            the output message
  --fault NAME          this declared fault
  --xml                 the envelope instead of JSON
  --seed N              another sample; the same seed gives the same one\n${messageHelp}\n${sourceHelp}`,
  options: {
    response: { type: 'boolean' },
    fault: { type: 'string' },
    xml: { type: 'boolean' },
    seed: { type: 'string' },
    ...messageOptions,
    ...sourceOptions,
  },
  async run(input) {
    const { contract, codec } = await codecFor(input);
    const seed = numberOption(input, 'seed', { min: 0, max: 2 ** 31 - 1 }) ?? 1;
    const sample = sampleFor(contract, codec, input, seed);
    console.log(
      input.flags.has('xml')
        ? Buffer.from(sample.xml()).toString('utf8')
        : JSON.stringify(sample.json, null, 2),
    );
    return 0;
  },
};

function sampleFor(contract: Contract, codec: OperationCodec, input: CommandInput, seed: number): Sample {
  if (input.values.fault !== undefined) return sampleFault(contract, codec, input.values.fault, seed);
  const { operation } = codec;
  const isResponse = input.flags.has('response');
  const message = isResponse ? operation.output : operation.input;
  const messageCodec = isResponse ? codec.output : codec.input;
  if (message === undefined || messageCodec === undefined) {
    throw new CommandError(`${operation.name} is one-way: it has no response`);
  }
  const json = sampleMessage(contract, message, { seed });
  return { json, xml: () => messageCodec.encode(json) };
}

function sampleFault(contract: Contract, codec: OperationCodec, name: string, seed: number): Sample {
  const { faults } = codec.operation;
  const fault = faults.find((candidate) => candidate.name === name);
  if (fault === undefined) {
    const names = faults.map((candidate) => candidate.name).join(', ') || 'none';
    throw new CommandError(`${codec.operation.name} declares no fault "${name}"; declared: ${names}`);
  }
  const value = sampleElement(contract, fault.detail, { seed });
  return {
    json: value,
    xml: () => codec.encodeFault({ category: 'Receiver', reason: name, detail: { name, value } }),
  };
}
