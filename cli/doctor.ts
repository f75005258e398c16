import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expectPositionals, numberOption, type Command } from './command.ts';
import { sourceHelp, sourceOptions, toCompileOptions } from './contract-source.ts';
import { DOUBTFUL, MANIFEST, openDump, type Dump } from './doctor/dump.ts';
import { reportLines } from './doctor/print-report.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  usage: '<wsdl> [--json] [--dump DIR] [--operation NAME] [--seed N] [--quick]',
  summary: 'checks every operation: samples encoded, validated, decoded, compared',
  help: `  --json                the report as JSON (docs/doctor.md)
  --dump DIR            write every message and manifest.jsonl, for other engines to judge
  --operation NAME      only this operation
  --seed N              other samples; the same seed gives the same ones
  --quick               few samples a message
  --strict              refuse what --lenient would take; the doctor is lenient unless told\n${sourceHelp}\nThe exit code is 0 only if every operation passed.`,
  options: {
    json: { type: 'boolean' },
    dump: { type: 'string' },
    operation: { type: 'string' },
    seed: { type: 'string' },
    quick: { type: 'boolean' },
    strict: { type: 'boolean' },
    ...sourceOptions,
  },
  async run(input) {
    const [wsdl] = expectPositionals(input, ['wsdl']) as [string];
    const { values, flags } = input;
    const seed = numberOption(input, 'seed', { min: 0, max: 2 ** 31 - 1 });
    const dump = values.dump === undefined ? undefined : newDump(values.dump, wsdl);
    // Loaded when asked for: it brings libxml2 with it.
    const { examine } = await import('./doctor/examine.ts');
    const report = await examine(wsdl, {
      compile: { ...toCompileOptions(input), lenient: !flags.has('strict') },
      isQuick: flags.has('quick'),
      ...(values.operation !== undefined && { operation: values.operation }),
      ...(seed !== undefined && { seed }),
      ...(dump && { onMessage: (message) => dump.add(message) }),
    });
    dump?.close();
    if (flags.has('json')) console.log(JSON.stringify(report, null, 2));
    else {
      for (const line of report.diagnostics) console.error(line);
      console.log(reportLines(report).join('\n'));
    }
    return report.passed ? 0 : 1;
  },
};

function newDump(folder: string, wsdl: string): Dump {
  for (const name of [MANIFEST, DOUBTFUL]) rmSync(join(folder, name), { force: true });
  return openDump(folder, wsdl);
}
