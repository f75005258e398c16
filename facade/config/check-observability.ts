import type { PorticoConfig } from './config.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { YamlSource } from './read-yaml.ts';

/** The rules on what is told of what happens. */
export function checkObservability(
  { server, metrics, audit, traces }: PorticoConfig,
  source: YamlSource,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (metrics.port !== undefined && metrics.port !== 0 && metrics.port === server.port)
    problems.push(
      source.problemAt(['metrics', 'port'], 'is the port of the API; choose another, or metrics.public'),
    );
  if (audit.payload && audit.to === 'off')
    problems.push(
      source.problemAt(['audit', 'payload'], 'has no effect while there is no audit log; set audit.to'),
    );
  if (!traces.enabled && (traces.samplePercent > 0 || traces.responseHeader))
    problems.push(
      source.problemAt(
        ['traces', 'enabled'],
        'without traces there is nothing to sample and no header to send',
      ),
    );
  return problems;
}
