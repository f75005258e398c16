import { createSecureContext } from 'node:tls';
import type { TlsOptions } from '../../connectors/index.ts';
import type { TlsConfig } from '../config/service-policy-config.ts';
import type { ServiceFiles } from './service-files.ts';

/** Certificates and key of `connection.tls`, read. @throws ConfigError if they are of no use. */
export function tlsOf(tls: TlsConfig, files: ServiceFiles): TlsOptions {
  const at = ['connection', 'tls'];
  const options = {
    minVersion: tls.minVersion,
    ...(tls.ca !== undefined && { ca: files.text(tls.ca, ...at, 'ca') }),
    ...(tls.certificate !== undefined && { cert: files.text(tls.certificate, ...at, 'certificate') }),
    ...(tls.key !== undefined && { key: files.secret(tls.key, ...at, 'key') }),
    ...(tls.passphrase !== undefined && { passphrase: files.secret(tls.passphrase, ...at, 'passphrase') }),
    ...(tls.serverName !== undefined && { servername: tls.serverName }),
  };
  try {
    createSecureContext(options);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw files.error(`certificates or key are of no use (${reason}); are they PEM, and do they fit?`, ...at);
  }
  return options;
}
