import type { PorticoConfig } from './config.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { YamlSource } from './read-yaml.ts';

const MEMBER = /\{([^{}]*)\}/g;
/** What an event has for tags: who it is about, and what it says of it. */
const OF_EVENT = /^(?:subject|data(?:\.[^.]+)+)$/;

/** What would never fit, or never have a value, would keep answers that should be forgotten. */
export function checkInvalidations({ cache }: PorticoConfig, source: YamlSource): ConfigProblem[] {
  return cache.invalidateOn.flatMap(({ event, tags }, index) => {
    const path = ['cache', 'invalidateOn', index] as const;
    const ofEvent = event.split('.').includes('')
      ? [source.problemAt([...path, 'event'], 'has an empty word between its dots, which no event has')]
      : [];
    const ofTags = tags.flatMap((tag, place) =>
      unknownMembers(tag).map((member) =>
        source.problemAt(
          [...path, 'tags', place],
          `{${member}} is no member of an event: write {subject} or {data.<member>}`,
        ),
      ),
    );
    return [...ofEvent, ...ofTags];
  });
}

function unknownMembers(tag: string): string[] {
  return [...tag.matchAll(MEMBER)]
    .map(([, member = '']) => member)
    .filter((member) => !OF_EVENT.test(member));
}
