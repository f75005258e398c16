import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPseudonyms, type Pseudonyms } from '../../masking/index.ts';
import type { JsonValue, OperationCodec } from '../../wsdl/index.ts';
import { toScenarioFile, type RecordedAnswer, type RecordedCall } from './scenario-file.ts';
import type { Observation } from './proxy-exchange.ts';
import { MockSetupError } from '../mock-setup-error.ts';

const MOST_CALLS = 10_000;

/** Calls of a real service as scenario files, one for each operation. Card and account numbers and secrets are others. */
export class Recording {
  readonly #folder: string;
  readonly #pseudonyms: Pseudonyms = createPseudonyms();
  /** By file, and within it by request. */
  readonly #files = new Map<string, Map<string, RecordedCall>>();
  readonly #unsaved = new Set<string>();
  #saving: Promise<void> = Promise.resolve();
  #calls = 0;
  #leftOut = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Different requests that were recorded. */
  get calls(): number {
    return this.#calls;
  }

  /** Answers that could not be kept: above the bound of 10,000 calls, or no longer valid with other numbers in them. */
  get leftOut(): number {
    return this.#leftOut;
  }

  add({ endpoint, codec, input, answer }: Observation): void {
    if (codec === undefined || input === undefined || answer === undefined) return;
    const request = this.#disguise(input);
    const response = this.#disguise(answer) as RecordedAnswer;
    const file = `${endpoint.service.name}.${codec.operation.id}.yaml`.replaceAll(/[^\w.-]/g, '_');
    const calls = this.#files.get(file) ?? new Map<string, RecordedCall>();
    const key = JSON.stringify(request);
    const former = calls.get(key);
    if ((former === undefined && this.#calls >= MOST_CALLS) || !isStillValid(codec, response)) {
      this.#leftOut += 1;
      return;
    }
    const answers = former?.answers ?? [];
    if (JSON.stringify(answers.at(-1)) === JSON.stringify(response)) return;
    if (former === undefined) this.#calls += 1;
    const operation = `${endpoint.service.name}.${codec.operation.id}`;
    calls.set(key, { operation, input: request, answers: [...answers, response] });
    this.#files.set(file, calls);
    this.#saveSoon(file);
  }

  /** Resolves when all is on the disk. @throws Error if it could not be written */
  async close(): Promise<void> {
    await this.#saving;
  }

  #disguise(value: JsonValue): JsonValue {
    return this.#pseudonyms.ofJson(value) as JsonValue;
  }

  /** What comes while a file is written is written with the next one. */
  #saveSoon(file: string): void {
    const isQueued = this.#unsaved.size > 0;
    this.#unsaved.add(file);
    if (isQueued) return;
    this.#saving = this.#saving.then(() => this.#save());
    // It is told by `close`.
    this.#saving.catch(() => undefined);
  }

  async #save(): Promise<void> {
    const files = [...this.#unsaved];
    this.#unsaved.clear();
    for (const file of files) {
      const path = join(this.#folder, file);
      await writeFile(`${path}.tmp`, toScenarioFile([...this.#files.get(file)!.values()]));
      await rename(`${path}.tmp`, path);
    }
  }
}

/** @throws MockSetupError unless the folder is new or empty: nothing that somebody has written is overwritten. */
export async function openRecordingIn(folder: string): Promise<Recording> {
  await mkdir(folder, { recursive: true });
  const [first] = await readdir(folder);
  if (first !== undefined)
    throw new MockSetupError(
      `${folder}: a recording needs a new or an empty folder; there is ${first} in it`,
    );
  return new Recording(folder);
}

/** A scrambled member may break a facet; such an answer could not be played. */
function isStillValid(codec: OperationCodec, answer: RecordedAnswer): boolean {
  try {
    if ('output' in answer) codec.output?.encode(answer.output);
    else if (answer.fault.name !== undefined) {
      const { name, detail = null, reason } = answer.fault;
      codec.encodeFault({ category: 'Receiver', reason, detail: { name, value: detail } });
    }
    return true;
  } catch {
    return false;
  }
}
