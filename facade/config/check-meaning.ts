import type { RouteMapping } from '../../openapi/index.ts';
import type { PorticoConfig, ServiceConfig } from './config.ts';
import type { ConfigProblem, KeyPath } from './config-problem.ts';
import { checkAuth } from './check-auth.ts';
import { checkBus } from './check-bus.ts';
import { checkConsumers } from './check-consumers.ts';
import { checkEvents } from './check-events.ts';
import { checkInvalidations } from './check-invalidations.ts';
import { checkObservability } from './check-observability.ts';
import { checkPolicies } from './check-policies.ts';
import { checkServer } from './check-server.ts';
import { checkTransport } from './check-transport.ts';
import type { YamlSource } from './read-yaml.ts';

/** The rules that hold between keys, for a value that fits the schema. */
export function checkMeaning(config: PorticoConfig, source: YamlSource): ConfigProblem[] {
  return [
    ...checkUrls(config, source),
    ...checkServer(config, source),
    ...checkAuth(config, source),
    ...checkCommands(config, source),
    ...checkSharing(config, source),
    ...checkBus(config, source),
    ...checkInvalidations(config, source),
    ...checkEvents(config, source),
    ...checkConsumers(config, source),
    ...checkObservability(config, source),
    ...checkServices(config, source),
    ...checkTransport(config, source),
  ];
}

/** The schema looks at the scheme alone. The text is not quoted: it may hold a password. */
function checkUrls(
  { auth, bus, commands, redis, services }: PorticoConfig,
  source: YamlSource,
): ConfigProblem[] {
  const urls: readonly (readonly [KeyPath, string | undefined])[] = [
    [['bus', 'url'], bus.url],
    [['commands', 'url'], commands.url],
    [['redis', 'url'], redis.url],
    ...auth.issuers.map(
      ({ jwks }, index) =>
        [['auth', 'issuers', index, 'jwks'], /^https?:/i.test(jwks) ? jwks : undefined] as const,
    ),
    ...Object.entries(services).map(
      ([name, { endpoint }]) => [['services', name, 'endpoint'], endpoint] as const,
    ),
  ];
  return urls
    .filter(([, url]) => url !== undefined && !URL.canParse(url))
    .map(([path]) => source.problemAt(path, 'is not a URL'));
}

function checkCommands({ commands: { store, url } }: PorticoConfig, source: YamlSource): ConfigProblem[] {
  if (store !== 'postgres' || url !== undefined) return [];
  return [source.problemAt(['commands'], 'the store is postgres, but "url" does not say where', 'key')];
}

/** What is to be in Redis needs one. */
function checkSharing({ rateLimit, cache, redis }: PorticoConfig, source: YamlSource): ConfigProblem[] {
  if (redis.url !== undefined) return [];
  return Object.entries({ rateLimit, cache }).flatMap(([key, { store }]) =>
    store === 'redis'
      ? [source.problemAt([key, 'store'], 'the store is redis, but "redis.url" does not say where')]
      : [],
  );
}

function holdsCredentials(url = ''): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}

function checkServices({ services }: PorticoConfig, source: YamlSource): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (Object.keys(services).length === 0)
    problems.push(
      source.problemAt(['services'], 'there is no service; add one with "portico import <wsdl>"', 'key'),
    );
  for (const [name, service] of Object.entries(services)) {
    const at = (message: string): void =>
      void problems.push(source.problemAt(['services', name], message, 'key'));
    if (service.wsdl === undefined && service.contract === undefined)
      at('"wsdl" is missing (or "contract", a contract stored by "portico import")');
    if (service.wsdl !== undefined && service.contract !== undefined)
      at('"wsdl" and "contract" exclude each other; remove one');
    problems.push(...checkReading(name, service, source));
    if (holdsCredentials(service.endpoint))
      problems.push(
        source.problemAt(['services', name, 'endpoint'], 'must not hold credentials, which logs would show'),
      );
    problems.push(...checkPolicies(name, service, source));
    for (const [index, route] of (service.routes ?? []).entries()) {
      if (isSettledTooSoon(route, service))
        problems.push(
          source.problemAt(
            ['services', name, 'routes', index, 'idempotency', 'settle', 'afterSeconds'],
            `a call may last timeoutSeconds, here ${service.timeoutSeconds}; this must not be less`,
          ),
        );
      if (route.cache === undefined || route.method === 'GET') continue;
      problems.push(
        source.problemAt(
          ['services', name, 'routes', index, 'cache'],
          'only answers to GET can be cached',
          'key',
        ),
      );
    }
  }
  return problems;
}

/** A stored contract was read when it was imported. */
function checkReading(
  name: string,
  { wsdl, contract, catalog, lenient }: ServiceConfig,
  source: YamlSource,
): ConfigProblem[] {
  if (contract === undefined || wsdl !== undefined) return [];
  const idle = [...(catalog === undefined ? [] : ['catalog']), ...(lenient ? ['lenient'] : [])];
  return idle.map((key) =>
    source.problemAt(
      ['services', name, key],
      `says how to read a "wsdl"; give it to "portico import" as --${key}, which stores the contract`,
      'key',
    ),
  );
}

/** While its request may still arrive, nobody can say that a call was not carried out. */
function isSettledTooSoon({ idempotency }: RouteMapping, { timeoutSeconds }: ServiceConfig): boolean {
  if (typeof idempotency !== 'object' || idempotency.settle?.afterSeconds === undefined) return false;
  return idempotency.settle.afterSeconds < timeoutSeconds;
}
