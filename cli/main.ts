import { readFileSync, realpathSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../facade/index.ts';
import { ContractError, SampleError, SelectionError } from '../wsdl/index.ts';
import { CommandError, parseInput, UsageError, type Command } from './command.ts';

/** In the order of the list. Each loads what it alone needs when it is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  import: async () => (await import('./import.ts')).importCommand,
  inspect: async () => (await import('./inspect.ts')).inspectCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  mock: async () => (await import('./mock.ts')).mockCommand,
  openapi: async () => (await import('./openapi.ts')).openapiCommand,
  asyncapi: async () => (await import('./asyncapi.ts')).asyncapiCommand,
  dlq: async () => (await import('./dlq.ts')).dlqCommand,
  types: async () => (await import('./types.ts')).typesCommand,
  sample: async () => (await import('./sample.ts')).sampleCommand,
  encode: async () => (await import('./encode-decode.ts')).encodeCommand,
  decode: async () => (await import('./encode-decode.ts')).decodeCommand,
  operations: async () => (await import('./operations.ts')).operationsCommand,
  webhooks: async () => (await import('./webhooks.ts')).webhooksCommand,
  token: async () => (await import('./token.ts')).tokenCommand,
};

/** Runs one command line; sets the exit code: 0 done, 1 failed, 2 the call's words are off. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', endQuietlyOnClosedPipe);
  process.exitCode = await run(argv);
}

async function run(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return printCommands();
  if (name === '--version' || name === '-v') return printVersion();
  const command = Object.hasOwn(commands, name) ? await commands[name]!() : undefined;
  if (command === undefined) {
    console.error(`portico: there is no command "${name}"; these are: ${Object.keys(commands).join(', ')}`);
    return 2;
  }
  try {
    const input = parseInput(command, rest);
    return input === 'help' ? printHelp(command) : await command.run(input);
  } catch (error) {
    return printError(command, error);
  }
}

async function printCommands(): Promise<number> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map((command) => command.name.length));
  console.log('portico: a legacy SOAP estate as a modern API\n');
  for (const command of all) console.log(`  ${command.name.padEnd(width)}  ${command.summary}`);
  console.log('\n"portico <command> --help" tells more, "portico --version" the version.');
  return 0;
}

function printVersion(): number {
  const manifest = findPackageJSON('..', import.meta.url) ?? '';
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  console.log(version);
  return 0;
}

function printHelp(command: Command): number {
  console.log(`usage: portico ${command.name} ${command.usage}\n\n${command.summary}`);
  if (command.help) console.log(`\n${command.help}`);
  return 0;
}

/** Errors whose message is all that the user needs. */
const EXPECTED = [CommandError, ConfigError, ContractError, SampleError, SelectionError];

function printError(command: Command, error: unknown): number {
  if (error instanceof UsageError) {
    console.error(
      `portico ${command.name}: ${error.message}\nusage: portico ${command.name} ${command.usage}`,
    );
    return 2;
  }
  if (EXPECTED.some((kind) => error instanceof kind)) {
    console.error((error as Error).message);
    return 1;
  }
  const known = error instanceof Error && 'code' in error;
  console.error(`portico ${command.name}: ${known ? describeKnown(error) : describeDefect(error)}`);
  return 1;
}

function describeKnown(error: Error): string {
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  return code === 'EADDRINUSE' ? `port ${port ?? ''} is taken; choose another with --port` : error.message;
}

/** What is not foreseen is a defect of Portico; only then does a stack help anybody. */
function describeDefect(error: unknown): string {
  return `this is a defect of Portico, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** `portico openapi ... | head` must not end in a stack trace. */
function endQuietlyOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

const isProgram =
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isProgram) await main(process.argv.slice(2));
