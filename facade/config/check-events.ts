import { isExtensionName } from '../../connectors/index.ts';
import { checkSecrets } from './check-secrets.ts';
import type { PorticoConfig } from './config.ts';
import type { ConfigProblem, KeyPath } from './config-problem.ts';
import type { StreamRule, WebhookConfig } from './events-config.ts';
import { isNetwork } from './networks.ts';
import type { YamlSource } from './read-yaml.ts';

const MOST_SECRETS = 2;
const OF_DATA = /^data(?:\.[^.]+)+$/;

/** The rules on who hears of events. */
export function checkEvents(config: PorticoConfig, source: YamlSource): ConfigProblem[] {
  const { stream, webhooks } = config.events;
  return [
    ...(stream?.rules ?? []).flatMap((rule, index) =>
      checkRule(config, rule, ['events', 'stream', 'rules', index], source),
    ),
    ...Object.entries(webhooks).flatMap(([name, webhook]) =>
      checkWebhook(config, webhook, ['events', 'webhooks', name], source),
    ),
  ];
}

function checkRule(
  { auth }: PorticoConfig,
  { event, match, issuer }: StreamRule,
  path: KeyPath,
  source: YamlSource,
): ConfigProblem[] {
  const problems = checkPattern(event, [...path, 'event'], source);
  if (Object.keys(match).length === 0)
    problems.push(
      source.problemAt([...path, 'match'], 'says not whose the events are: name a member', 'key'),
    );
  for (const member of Object.keys(match))
    if (member !== 'subject' && !OF_DATA.test(member) && !isExtensionName(member))
      problems.push(
        source.problemAt(
          [...path, 'match', member],
          'is no member of an event: write subject, data.<member>, or an attribute of small letters and digits',
          'key',
        ),
      );
  const issuers = auth.issuers.map((one) => one.issuer);
  if (issuer !== undefined && !issuers.includes(issuer))
    problems.push(source.problemAt([...path, 'issuer'], 'is none of auth.issuers'));
  if (issuer === undefined && issuers.length + Number(auth.development) > 1)
    problems.push(
      source.problemAt(
        path,
        'there are several issuers, who may call two people the same: "issuer" must say whose tokens are meant',
        'key',
      ),
    );
  return problems;
}

function checkWebhook(
  config: PorticoConfig,
  { url, events, secrets, allowedNetworks }: WebhookConfig,
  path: KeyPath,
  source: YamlSource,
): ConfigProblem[] {
  const problems = checkSecrets(
    config,
    secrets.map((_, index) => [...path, 'secrets', index]),
    source,
  );
  const parsed = URL.parse(url);
  if (parsed === null) problems.push(source.problemAt([...path, 'url'], 'is not a URL'));
  else if (parsed.username !== '' || parsed.password !== '')
    problems.push(source.problemAt([...path, 'url'], 'must not hold credentials: deliveries are signed'));
  else if (parsed.protocol === 'http:' && allowedNetworks.length === 0)
    problems.push(
      source.problemAt([...path, 'url'], 'is plain HTTP, which only addresses of "allowedNetworks" may have'),
    );
  if (secrets.length > MOST_SECRETS)
    problems.push(source.problemAt([...path, 'secrets'], 'holds more than two: the new one, and the old'));
  for (const [index, network] of allowedNetworks.entries())
    if (!isNetwork(network))
      problems.push(
        source.problemAt([...path, 'allowedNetworks', index], 'is no IP address or network (10.0.0.0/8)'),
      );
  return [
    ...problems,
    ...events.flatMap((event, index) => checkPattern(event, [...path, 'events', index], source)),
  ];
}

function checkPattern(event: string, path: KeyPath, source: YamlSource): ConfigProblem[] {
  if (!event.split('.').includes('')) return [];
  return [source.problemAt(path, 'has an empty word between its dots, which no event has')];
}
