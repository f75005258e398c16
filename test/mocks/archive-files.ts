import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ARCHIVE_WSDL } from '../wsdl/codec/attachments/archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'portico-archive-'));

/** The contract as a file, without the imports that node-soap would fetch. */
export function archiveFile(): string {
  const path = join(folder, 'archive.wsdl');
  writeFileSync(path, ARCHIVE_WSDL.replaceAll(/<xs:import [^>]*\/>/g, ''));
  return path;
}

export function remove(): void {
  rmSync(folder, { recursive: true, force: true });
}
