import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { MadeMessage } from './examine.ts';

/** Writes messages for other engines to judge. */
export interface Dump {
  add(message: MadeMessage): void;
  close(): void;
}

/** What other engines can judge, and what they need not agree on: there each line says why (`doubt`). */
export const MANIFEST = 'manifest.jsonl';
export const DOUBTFUL = 'doubtful.jsonl';

/**
 * One file a message and `manifest.jsonl`, one line a message: `{"wsdl","service","port","operation","direction","fault","file"}`,
 * paths relative to the manifest. Messages go to `subfolder`; a manifest that is there is continued, so that many contracts
 * can share one folder, each with its lines in a row.
 */
export function openDump(folder: string, wsdl: string, subfolder = ''): Dump {
  mkdirSync(join(folder, subfolder), { recursive: true });
  const lines: Record<string, string[]> = { [MANIFEST]: [], [DOUBTFUL]: [] };
  let count = 0;
  return {
    add(message) {
      const file = join(subfolder, fileName(++count, message));
      writeFileSync(join(folder, file), message.xml);
      const line = `${JSON.stringify(toEntry(message, pathFrom(folder, wsdl), file))}\n`;
      lines[message.doubt === undefined ? MANIFEST : DOUBTFUL]!.push(line);
    },
    close: () => {
      for (const [name, entries] of Object.entries(lines))
        appendFileSync(join(folder, name), entries.join(''));
    },
  };
}

function pathFrom(folder: string, wsdl: string): string {
  return /^https?:/i.test(wsdl) ? wsdl : relative(resolve(folder), resolve(wsdl));
}

function toEntry({ place, subject, doubt }: MadeMessage, wsdl: string, file: string): Record<string, string> {
  const { service, port } = place;
  const { direction, operation, fault } = subject;
  return {
    wsdl,
    service,
    port,
    operation: operation.name,
    direction,
    ...(fault && { fault: fault.name }),
    file,
    ...(doubt !== undefined && { doubt }),
  };
}

/** The number keeps names apart that differ only in what a file name cannot hold. */
function fileName(number: number, { subject, variant }: MadeMessage): string {
  const parts = [subject.operation.id, subject.fault?.name ?? subject.direction, variant.name];
  const safe = parts.map((part) => part.replace(/[^\w-]/g, '_').slice(0, 60));
  return `${String(number).padStart(5, '0')}-${safe.join('-')}.xml`;
}
