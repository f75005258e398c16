import { checkCors } from './check-cors.ts';
import { checkSecrets } from './check-secrets.ts';
import type { PorticoConfig } from './config.ts';
import type { ConfigProblem, KeyPath } from './config-problem.ts';
import { isNetwork } from './networks.ts';
import type { YamlSource } from './read-yaml.ts';

const SECRETS: readonly KeyPath[] = [
  ['server', 'tls', 'key'],
  ['server', 'tls', 'passphrase'],
  ['server', 'cursorSecret'],
  ['commands', 'deferred', 'encryptionKey'],
  ['commands', 'deferred', 'formerEncryptionKey'],
];

/** The rules on the port that clients use. */
export function checkServer(config: PorticoConfig, source: YamlSource): ConfigProblem[] {
  const { publicUrl, tls, tlsTerminators } = config.server;
  const problems = [...checkSecrets(config, SECRETS, source), ...checkCors(config, source)];
  if (publicUrl !== undefined && !isPublicUrl(publicUrl))
    problems.push(
      source.problemAt(
        ['server', 'publicUrl'],
        'must be a URL without credentials, query, fragment or encoded characters',
      ),
    );
  if (tls?.clientCertificates === 'require' && tls.clientCa === undefined)
    problems.push(
      source.problemAt(
        ['server', 'tls', 'clientCertificates'],
        '"require" needs clientCa, the authorities whose certificates are accepted',
      ),
    );
  for (const [index, network] of tlsTerminators.entries())
    if (!isNetwork(network))
      problems.push(
        source.problemAt(
          ['server', 'tlsTerminators', index],
          'is neither an IP address nor a network like 10.1.0.0/16',
        ),
      );
  return problems;
}

function isPublicUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username === '' && url.password === '' && !/[?#%]/.test(text);
}
