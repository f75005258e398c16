import type { PorticoConfig } from './config.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { YamlSource } from './read-yaml.ts';

/** Origins are compared as text, so that only the one spelling that browsers use can match. */
export function checkCors({ server: { cors } }: PorticoConfig, source: YamlSource): ConfigProblem[] {
  if (cors === undefined) return [];
  const path = ['server', 'cors', 'origins'];
  const problems = cors.origins.flatMap((origin, index) =>
    origin === '*' || URL.parse(origin)?.origin === origin
      ? []
      : [
          source.problemAt(
            [...path, index],
            'is not an origin as browsers send it: scheme://host[:port], lower case',
          ),
        ],
  );
  if (!cors.origins.includes('*')) return problems;
  if (cors.origins.length > 1)
    problems.push(source.problemAt(path, '"*" stands for all origins; name no others', 'key'));
  if (cors.credentials)
    problems.push(
      source.problemAt(
        ['server', 'cors', 'credentials'],
        'any site could act for its visitors: name the origins instead of "*"',
      ),
    );
  return problems;
}
