import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext, type SecureContextOptions, type TlsOptions } from 'node:tls';
import type { ServerTlsConfig } from '../config/config.ts';
import { ServiceFiles } from '../operations/service-files.ts';

/** Who says hello and then nothing holds the connection for its own sake. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

interface PemKey {
  readonly key: string;
  readonly passphrase?: string;
}

/** Certificates and key of the port, from their files. @throws ConfigError if one cannot be read or used. */
export function loadTlsContext(tls: ServerTlsConfig, configDir: string): SecureContextOptions {
  const files = new ServiceFiles(configDir, ['server', 'tls']);
  const context = {
    cert: files.text(tls.certificate, 'certificate'),
    key: files.secret(tls.key, 'key'),
    minVersion: tls.minVersion,
    ...(tls.passphrase !== undefined && { passphrase: files.secret(tls.passphrase, 'passphrase') }),
    ...(tls.clientCa !== undefined && { ca: files.text(tls.clientCa, 'clientCa') }),
  };
  // A context is made of empty files too, and every handshake fails then.
  const certificate = certificateOf(context.cert, files);
  const key = privateKeyOf(context, files);
  if (!certificate.checkPrivateKey(key))
    throw files.error('certificates and key cannot be used (the key is not that of the first certificate)');
  try {
    // OpenSSL passes over a file without certificates, and would then trust nobody.
    if (context.ca !== undefined) new X509Certificate(context.ca);
    createSecureContext(context);
  } catch (error) {
    throw files.error(
      `certificates and key cannot be used (${(error as NodeJS.ErrnoException).code ?? 'TLS'})`,
    );
  }
  return context;
}

/** That of the port comes first; those that vouch for it may follow. */
function certificateOf(pem: string, files: ServiceFiles): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw files.error('holds no certificate in PEM that can be read', 'certificate');
  }
}

function privateKeyOf({ key, passphrase }: PemKey, files: ServiceFiles): KeyObject {
  try {
    return createPrivateKey({ key, ...(passphrase !== undefined && { passphrase }) });
  } catch {
    throw files.error('holds no private key in PEM that can be read, or another passphrase is needed', 'key');
  }
}

/** What does not come from files: whether clients are asked for a certificate, and whether they have to have one. */
export function tlsPolicy({ clientCertificates }: ServerTlsConfig): TlsOptions {
  return {
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    requestCert: clientCertificates !== 'off',
    rejectUnauthorized: clientCertificates === 'require',
  };
}
