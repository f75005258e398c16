import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** A private authority and what it signed, in PEM. Not for production: they live a day. */
export interface Certificates {
  readonly ca: string;
  /** For localhost and core.internal. */
  readonly server: KeyPair;
  readonly client: KeyPair;
  /** Another client's. */
  readonly stranger: KeyPair;
}

/** Made by openssl, as node:crypto reads certificates but makes none. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'portico-tls-'));
  const run = (command: string): void => {
    execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'pipe' });
  };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const issue = (name: string, names: string): KeyPair => {
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names}`);
    run(`req -new ${KEY} -nodes -keyout ${name}.key -out ${name}.csr -subj /CN=${name}`);
    run(
      `x509 -req -in ${name}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 1 -extfile ${name}.ext -out ${name}.crt`,
    );
    return { cert: read(`${name}.crt`), key: read(`${name}.key`) };
  };
  try {
    run(`req -x509 ${KEY} -nodes -keyout ca.key -out ca.crt -days 1 -subj /CN=test-authority`);
    return {
      ca: read('ca.crt'),
      server: issue('server', 'DNS:localhost,DNS:core.internal'),
      client: issue('client', 'DNS:client'),
      stranger: issue('stranger', 'DNS:stranger'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const KEY = '-newkey rsa:2048';
