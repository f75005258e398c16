import type { PorticoConfig } from './config.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { YamlSource } from './read-yaml.ts';

/** Each queue has one entry; and who sends its messages has to be sayable. */
export function checkConsumers({ bus, auth }: PorticoConfig, source: YamlSource): ConfigProblem[] {
  const takesTokens = auth.development || auth.issuers.length > 0;
  return bus.consumers.flatMap(({ queue, principal }, index) => {
    const path = ['bus', 'consumers', index] as const;
    const isRepeated = bus.consumers.findIndex((other) => other.queue === queue) < index;
    return [
      ...(isRepeated
        ? [source.problemAt([...path, 'queue'], `"${queue}" has an entry already; join the two`)]
        : []),
      ...(principal === undefined && !takesTokens
        ? [
            source.problemAt(
              path,
              'says nobody who sends its messages: configure "auth.issuers" for tokens in them, or give it a "principal"',
              'key',
            ),
          ]
        : []),
    ];
  });
}
