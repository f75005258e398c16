import { checkSecrets } from './check-secrets.ts';
import type { IssuerConfig, PorticoConfig } from './config.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { YamlSource } from './read-yaml.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The rules on whose tokens are accepted, and with what proof. */
export function checkAuth(config: PorticoConfig, source: YamlSource): ConfigProblem[] {
  const { auth } = config;
  const problems = checkSecrets(config, [['auth', 'dpop', 'nonce', 'secret']], source);
  if (!auth.development && auth.issuers.length === 0) {
    problems.push(
      source.problemAt(
        ['auth'],
        'nobody could call this API: name an issuer under auth.issuers, or set auth.development: true',
        'key',
      ),
    );
  }
  for (const [index, issuer] of auth.issuers.entries()) {
    if (auth.issuers.findIndex((other) => other.issuer === issuer.issuer) < index)
      problems.push(source.problemAt(['auth', 'issuers', index, 'issuer'], 'this issuer is listed twice'));
    for (const [key, message] of issuerFaults(issuer, config))
      problems.push(source.problemAt(['auth', 'issuers', index, key], message));
  }
  return problems;
}

/** Key and message. */
function* issuerFaults(
  { jwks, dpop, mtls }: IssuerConfig,
  { server }: PorticoConfig,
): Generator<readonly [keyof IssuerConfig, string]> {
  if (/^http:/i.test(jwks) && !isLoopback(jwks))
    yield ['jwks', "keys fetched without TLS could be anybody's: use https://"];
  if (dpop !== 'off' && server.publicUrl === undefined)
    yield ['dpop', 'a proof names the URL of its request, so server.publicUrl is needed'];
  const isCertificateSeen =
    (server.tls ?? { clientCertificates: 'off' }).clientCertificates !== 'off' ||
    server.tlsTerminators.length > 0;
  if (mtls !== 'off' && !isCertificateSeen)
    yield [
      'mtls',
      'no certificate of a client would ever be seen: set server.tls.clientCertificates, or server.tlsTerminators',
    ];
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}
