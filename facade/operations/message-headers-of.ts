import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import {
  faultOfKey,
  faultOfTrusted,
  isXmlText,
  shownUrl,
  type SecuredConnectorOptions,
  type SecurityHeaderOptions,
  type SignatureOptions,
  type UsernameOptions,
  type VerifyOptions,
} from '../../connectors/index.ts';
import type { ServiceConfig } from '../config/config.ts';
import type {
  SecurityConfig,
  SignatureConfig,
  UsernameConfig,
  VerifyConfig,
} from '../config/security-config.ts';
import type { ServiceFiles } from './service-files.ts';

/** What a service wants in the header of messages to the address; undefined for nothing. @throws ConfigError */
export function messageHeadersOf(
  { security, addressing }: ServiceConfig,
  files: ServiceFiles,
): ((address: string) => SecuredConnectorOptions) | undefined {
  if (security === undefined && addressing === undefined) return undefined;
  const header = security && securityOf(security, files);
  const verify = security?.verify && verifyOf(security.verify, files);
  return (address) => ({
    shown: shownUrl(new URL(address)),
    ...(header && { security: header }),
    ...(verify && { verify }),
    ...(addressing && { addressing: { version: addressing.version, to: addressing.to ?? address } }),
    checksRelatesTo: addressing?.checkRelatesTo ?? false,
  });
}

function securityOf(security: SecurityConfig, files: ServiceFiles): SecurityHeaderOptions {
  const { username, timestampSeconds, signature, mustUnderstand, actor } = security;
  return {
    mustUnderstand,
    ...(username && { username: usernameOf(username, files) }),
    ...(timestampSeconds > 0 && { timestampSeconds }),
    ...(signature && { signature: signatureOf(signature, files) }),
    ...(actor !== undefined && { actor }),
  };
}

function usernameOf(
  { username, password, passwordType, nonce }: UsernameConfig,
  files: ServiceFiles,
): UsernameOptions {
  const at = ['security', 'username', 'password'];
  const text = files.secret(password, ...at);
  if (!isXmlText(text)) throw files.error('holds characters that XML cannot carry', ...at);
  return { username, password: text, passwordType, hasNonce: nonce };
}

function signatureOf(config: SignatureConfig, files: ServiceFiles): SignatureOptions {
  const { algorithm, digest, parts, keyReference } = config;
  const key = keyOf(config, files);
  const certificate = certificateOf(config.certificate, files, ...AT, 'certificate');
  const fault = certificate.checkPrivateKey(key)
    ? faultOfKey(key, algorithm)
    : 'does not fit the certificate';
  if (fault !== undefined) throw files.error(fault, ...AT, 'key');
  return { key, certificate, algorithm, digest, parts, keyReference };
}

const AT = ['security', 'signature'];

/** What OpenSSL says of a bad key may quote it, so only its code is told. */
function keyOf({ key: secret, passphrase }: SignatureConfig, files: ServiceFiles): KeyObject {
  const key = files.secret(secret, ...AT, 'key');
  const opened = passphrase === undefined ? undefined : files.secret(passphrase, ...AT, 'passphrase');
  try {
    return createPrivateKey({ key, ...(opened !== undefined && { passphrase: opened }) });
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw files.error(`is no private key in PEM that can be opened (${reason})`, ...AT, 'key');
  }
}

function certificateOf(file: string, files: ServiceFiles, ...at: string[]): X509Certificate {
  const pem = files.text(file, ...at);
  try {
    return new X509Certificate(pem);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw files.error(`${file} is no certificate in PEM (${reason})`, ...at);
  }
}

const VERIFY = ['security', 'verify'];

function verifyOf(config: VerifyConfig, files: ServiceFiles): VerifyOptions {
  const { require, algorithms, digests, maxAgeSeconds, clockSkewSeconds, maxBytes } = config;
  const rules = { require, algorithms, digests, maxAgeSeconds, clockSkewSeconds, maxBytes };
  return { ...rules, trust: trustOf(config, files) };
}

function trustOf(
  { certificates = [], ca, subject = '' }: VerifyConfig,
  files: ServiceFiles,
): VerifyOptions['trust'] {
  if (ca !== undefined) return { authorities: authoritiesOf(ca, files), subject };
  const pinned = certificates.map((file) => certificateOf(file, files, ...VERIFY, 'certificates'));
  const fault = pinned.map(faultOfTrusted).find((one) => one !== undefined);
  if (fault !== undefined) throw files.error(fault, ...VERIFY, 'certificates');
  return { certificates: pinned };
}

/** A file may hold several, one behind the other. */
function authoritiesOf(file: string, files: ServiceFiles): readonly X509Certificate[] {
  const pems =
    files.text(file, ...VERIFY, 'ca').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ??
    [];
  try {
    if (pems.length > 0) return pems.map((pem) => new X509Certificate(pem));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw files.error(`${file} holds what is no certificate (${reason})`, ...VERIFY, 'ca');
  }
  throw files.error(`${file} holds no certificate in PEM`, ...VERIFY, 'ca');
}
