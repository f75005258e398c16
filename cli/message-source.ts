import { compileCodec, type Contract, type OperationCodec } from '../wsdl/index.ts';
import { expectPositionals, type CommandInput } from './command.ts';
import { compileOrFail, toCompileOptions } from './contract-source.ts';

/** Options that choose among operations of the same name. */
export const messageOptions = { port: { type: 'string' }, service: { type: 'string' } } as const;

export const messageHelp = `  --service S, --port P where several have the operation; SOAP 1.2 is preferred`;

/** The contract and codec that `<wsdl> <operation>` name. */
export async function codecFor(
  input: CommandInput,
): Promise<{ readonly contract: Contract; readonly codec: OperationCodec }> {
  const [uri, operation] = expectPositionals(input, ['wsdl', 'operation']) as [string, string];
  const { contract } = await compileOrFail(uri, toCompileOptions(input));
  const { port, service } = input.values;
  const codec = compileCodec(contract, { operation, ...(port && { port }), ...(service && { service }) });
  return { contract, codec };
}
