import { spawn } from 'node:child_process';
import type { ProbeLine } from './case.ts';

const PATIENCE_MS = 300_000;

/** Gives a probe its job and takes what it prints. @throws Error if it fails before it has printed anything */
export async function converse(
  program: string,
  words: readonly string[],
  input: string,
  read = (line: string): ProbeLine => JSON.parse(line) as ProbeLine,
): Promise<ProbeLine[]> {
  const child = spawn(program, words, { stdio: 'pipe', timeout: PATIENCE_MS });
  let out = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  await new Promise((resolve) => child.on('close', resolve));
  const lines = out.split('\n').filter((line) => /^(?:\{"id"|\d+\t)/.test(line));
  if (lines.length === 0) throw new Error(reasonIn(`${out}\n${complaints}`) || `${program} said nothing`);
  return lines.map(read);
}

/** The line of a stack trace that says what was wrong. */
function reasonIn(complaints: string): string {
  const lines = complaints.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => /error|exception|fail|refuse|cannot|unknown|not /i.test(line));
  return (telling.at(-1) ?? lines.find((line) => line !== '') ?? '').slice(0, 400);
}
