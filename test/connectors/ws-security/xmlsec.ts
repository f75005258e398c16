import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Elements whose attribute Id xmlsec1 is to know as an ID, without a schema. */
const IDENTIFIED = [
  'Body',
  'Timestamp',
  'UsernameToken',
  'BinarySecurityToken',
  'Action',
  'To',
  'MessageID',
  'ReplyTo',
];

/** Why xmlsec1 cannot be asked; undefined if it can. With CI=true that is an error instead. */
export function missingXmlsec(): string | undefined {
  if (spawnSync('xmlsec1', ['--version']).status === 0) return undefined;
  const reason = 'no xmlsec1: it is not installed';
  if (process.env['CI'] === 'true') throw new Error(reason);
  return reason;
}

/** Whether xmlsec1 (libxml2, OpenSSL) finds the signature in the envelope valid for the certificate in PEM. */
export function xmlsecVerifies(envelope: Uint8Array | string, certificate: string): boolean {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'envelope.xml'), envelope);
    writeFileSync(join(folder, 'cert.pem'), certificate);
    const ids = IDENTIFIED.flatMap((name) => [`--id-attr:Id`, name]);
    const { status } = spawnSync(
      'xmlsec1',
      ['--verify', ...ids, '--pubkey-cert-pem', 'cert.pem', 'envelope.xml'],
      { cwd: folder },
    );
    return status === 0;
  });
}

/** Fills in the digests and the signature of a template. */
export function xmlsecSign(template: string, key: string): string {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'template.xml'), template);
    writeFileSync(join(folder, 'key.pem'), key);
    const ids = IDENTIFIED.flatMap((name) => [`--id-attr:Id`, name]);
    const { status, stdout, stderr } = spawnSync(
      'xmlsec1',
      ['--sign', ...ids, '--privkey-pem', 'key.pem', 'template.xml'],
      { cwd: folder },
    );
    if (status !== 0) throw new Error(stderr.toString());
    return stdout.toString();
  });
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'portico-xmlsec-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
