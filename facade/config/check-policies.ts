import { checkSecrets } from './check-secrets.ts';
import { checkSecurity } from './check-security.ts';
import type { ServiceConfig } from './config.ts';
import type { ConfigProblem, KeyPath } from './config-problem.ts';
import type { YamlSource } from './read-yaml.ts';

/** Keys of a service that hold secrets. */
const SECRETS: readonly KeyPath[] = [
  ['connection', 'proxy'],
  ['connection', 'tls', 'key'],
  ['connection', 'tls', 'passphrase'],
  ['credentials', 'basic', 'password'],
  ['credentials', 'bearer'],
  ['credentials', 'ntlm', 'password'],
  ['security', 'username', 'password'],
  ['security', 'signature', 'key'],
  ['security', 'signature', 'passphrase'],
];

/** The rules on how a service is called. */
export function checkPolicies(name: string, service: ServiceConfig, source: YamlSource): ConfigProblem[] {
  return [
    ...checkEndpoints(name, service, source),
    ...checkTls(name, service, source),
    ...checkHealth(name, service, source),
    ...checkCredentials(name, service, source),
    ...checkSecurity(name, service, source),
    ...checkSecrets(
      { services: { [name]: service } },
      SECRETS.map((key) => ['services', name, ...key]),
      source,
    ),
  ];
}

function checkEndpoints(
  name: string,
  { endpoint, endpoints = [] }: ServiceConfig,
  source: YamlSource,
): ConfigProblem[] {
  const path = ['services', name, 'endpoints'];
  const problems = endpoints.flatMap((url, index) => {
    const fault = faultOfEndpoint(url);
    return fault === undefined ? [] : [source.problemAt([...path, index], fault)];
  });
  if (endpoint !== undefined && endpoints.length > 0)
    problems.push(source.problemAt(path, '"endpoint" and "endpoints" exclude each other; remove one', 'key'));
  return problems;
}

/** The text is not quoted: it may hold a password. */
function faultOfEndpoint(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null) return 'is not a URL';
  return url.username === '' && url.password === ''
    ? undefined
    : 'must not hold credentials, which logs would show';
}

/** A key that another kind of probe reads would be without effect. */
function checkHealth(name: string, { health }: ServiceConfig, source: YamlSource): ConfigProblem[] {
  if (health === undefined) return [];
  const path = ['services', name, 'health'];
  const problems: ConfigProblem[] = [];
  if (health.probe === 'operation' && health.operation === undefined)
    problems.push(
      source.problemAt(path, 'the probe is an operation, but "operation" does not say which', 'key'),
    );
  for (const [key, probe] of Object.entries(PROBES))
    if (health[key as keyof typeof PROBES] !== undefined && health.probe !== probe)
      problems.push(
        source.problemAt([...path, key], `has no effect with the probe "${health.probe}"`, 'key'),
      );
  return problems;
}

/** Keys that one kind of probe reads. */
const PROBES = { path: 'http', operation: 'operation', input: 'operation' } as const;

function checkTls(name: string, { connection }: ServiceConfig, source: YamlSource): ConfigProblem[] {
  const { certificate, key } = connection.tls ?? {};
  if ((certificate === undefined) === (key === undefined)) return [];
  const path = ['services', name, 'connection', 'tls'];
  return [source.problemAt(path, '"certificate" and "key" are needed together, or neither', 'key')];
}

function checkCredentials(
  name: string,
  { credentials, connection }: ServiceConfig,
  source: YamlSource,
): ConfigProblem[] {
  if (credentials === undefined) return [];
  const { basic, bearer, ntlm } = credentials;
  const path = ['services', name, 'credentials'];
  if ([basic, bearer, ntlm].filter((one) => one !== undefined).length !== 1)
    return [source.problemAt(path, 'exactly one of "basic", "bearer" and "ntlm" is needed', 'key')];
  if (ntlm !== undefined && connection.proxy !== undefined)
    return [source.problemAt([...path, 'ntlm'], 'NTLM does not go through "connection.proxy"', 'key')];
  return basic?.username.includes(':')
    ? [source.problemAt([...path, 'basic', 'username'], 'must not hold a colon (RFC 7617)')]
    : [];
}
