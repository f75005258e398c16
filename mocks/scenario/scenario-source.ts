import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MockSetupError } from '../mock-setup-error.ts';

/** A file or a folder of scenarios, or what such a file holds as a value. */
export type ScenarioSource = string | Readonly<Record<string, unknown>>;

/** The text of scenarios and what to call it where something is wrong with it. */
export interface ScenarioText {
  readonly file: string;
  readonly text: string;
}

const MOST_FILES = 1_000;

/** @throws Error for a file that cannot be read or a folder without scenarios. */
export async function loadScenarioTexts(sources: readonly ScenarioSource[]): Promise<ScenarioText[]> {
  const texts = await Promise.all(sources.map((source, index) => loadOne(source, index)));
  return texts.flat();
}

async function loadOne(source: ScenarioSource, index: number): Promise<ScenarioText[]> {
  if (typeof source !== 'string')
    return [{ file: `scenarios[${index}]`, text: JSON.stringify(source, undefined, 2) }];
  const isFolder = await isFolderAt(source);
  const files = isFolder ? await filesOf(source) : [source];
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })));
}

async function isFolderAt(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new MockSetupError(`${path}: there is no file or folder of scenarios that can be read here`, {
      cause: error,
    });
  }
}

/** All `.yaml`, `.yml` and `.json` files below, by their names. */
async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => /\.(?:ya?ml|json)$/i.test(name)).toSorted();
  if (files.length === 0)
    throw new MockSetupError(`${folder}: there are no scenarios here: no .yaml, .yml or .json file`);
  if (files.length > MOST_FILES)
    throw new MockSetupError(`${folder}: there are more than ${MOST_FILES} files here`);
  return files.map((name) => join(folder, name));
}
