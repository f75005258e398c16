import type { SoapHttpOptions } from '../../connectors/index.ts';
import type { CredentialsConfig } from '../config/service-policy-config.ts';
import type { ServiceFiles } from './service-files.ts';

/** RFC 6750, 2.1: b64token. */
const TOKEN = /^[\w.~+/-]+=*$/;

/** What a connection needs to prove who Portico is. @throws ConfigError if a secret cannot be read or sent. */
export function credentialsOf(
  credentials: CredentialsConfig,
  files: ServiceFiles,
): Pick<SoapHttpOptions, 'authorization' | 'ntlm'> {
  const { ntlm } = credentials;
  if (ntlm === undefined) return { authorization: authorizationOf(credentials, files) };
  const { username, domain = '', workstation = '' } = ntlm;
  const password = files.secret(ntlm.password, 'credentials', 'ntlm', 'password');
  return { ntlm: { username, password, domain, workstation } };
}

/** The header Authorization. */
function authorizationOf({ basic, bearer }: CredentialsConfig, files: ServiceFiles): string {
  if (basic !== undefined) {
    const password = files.secret(basic.password, 'credentials', 'basic', 'password');
    return `Basic ${Buffer.from(`${basic.username}:${password}`).toString('base64')}`;
  }
  const token = files.secret(bearer ?? '', 'credentials', 'bearer');
  if (!TOKEN.test(token)) throw files.error('is no bearer token (RFC 6750, 2.1)', 'credentials', 'bearer');
  return `Bearer ${token}`;
}
