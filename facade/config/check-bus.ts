import { brokerUrlsOf } from './bus-config.ts';
import { checkSecrets } from './check-secrets.ts';
import type { PorticoConfig } from './config.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { YamlSource } from './read-yaml.ts';

/** The rules on the way to the broker. */
export function checkBus({ bus }: PorticoConfig, source: YamlSource): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const at = (path: readonly string[], message: string): void =>
    void problems.push(source.problemAt(['bus', ...path], message, 'key'));
  if (bus.url !== undefined && bus.urls !== undefined)
    at(['urls'], '"url" and "urls" exclude each other; remove one');
  for (const [index, url] of (bus.urls ?? []).entries())
    if (!URL.canParse(url)) problems.push(source.problemAt(['bus', 'urls', index], 'is not a URL'));
  if (brokerUrlsOf(bus).length === 0 && bus.topology === 'check')
    at(['topology'], 'has no effect without "url": the bus of this process has nobody else to make it');
  const { tls } = bus.connection;
  if ((tls?.certificate === undefined) !== (tls?.key === undefined))
    at(['connection', 'tls'], '"certificate" and "key" are needed together, or neither');
  if (tls !== undefined && brokerUrlsOf(bus).some((url) => !/^amqps:/i.test(url)))
    at(['connection', 'tls'], 'is for amqps URLs, but one of the broker begins with amqp:');
  return [...problems, ...checkSecrets({ bus }, SECRETS, source)];
}

const SECRETS = [
  ['bus', 'connection', 'tls', 'key'],
  ['bus', 'connection', 'tls', 'passphrase'],
];
