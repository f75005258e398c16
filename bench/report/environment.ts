import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';

/** Where and with what the figures were taken, as lines of Markdown. */
export function environment(): string[] {
  const versions = ['express', 'undici', 'soap', 'fast-xml-parser', 'jose', 'pino'].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  return [
    `- machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()} ${arch()}`,
    `- Node ${process.version}; ${versions.join(', ')}`,
    `- load average ${loadavg()[0]!.toFixed(1)} at the end; well above 1 means that others used the machine, and times and ratios are worse than they are`,
    `- commit ${commit()}, ${new Date().toISOString().slice(0, 10)}`,
  ];
}

function versionOf(name: string): string {
  const path = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version;
}

function commit(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', 'facade', 'connectors', 'wsdl', 'openapi') !== '';
  return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`;
}
