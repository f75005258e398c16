import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key with its certificate. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
  readonly keyPem: string;
  readonly certificatePem: string;
}

export type KeyKind = 'rsa:2048' | 'rsa:1024' | 'ec';

const NEW_KEY: Readonly<Record<KeyKind, readonly string[]>> = {
  'rsa:2048': ['-newkey', 'rsa:2048'],
  'rsa:1024': ['-newkey', 'rsa:1024'],
  ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
};

/** A self-signed one that lives a day, or `days`. */
export function makeSigningKey(subject: string, kind: KeyKind = 'rsa:2048', days = 1): SigningKey {
  const folder = mkdtempSync(join(tmpdir(), 'portico-keys-'));
  try {
    const args = ['req', '-x509', ...NEW_KEY[kind], '-nodes', '-days', String(days), '-subj', subject];
    execFileSync('openssl', [...args, '-keyout', 'key.pem', '-out', 'cert.pem'], {
      cwd: folder,
      stdio: 'pipe',
    });
    return signingKey(
      readFileSync(join(folder, 'key.pem'), 'utf8'),
      readFileSync(join(folder, 'cert.pem'), 'utf8'),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function signingKey(keyPem: string, certificatePem: string): SigningKey {
  return {
    key: createPrivateKey(keyPem),
    certificate: new X509Certificate(certificatePem),
    keyPem,
    certificatePem,
  };
}
