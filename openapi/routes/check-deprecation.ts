import type { RouteMapping } from '../route.ts';
import type { Report } from './mapping-problem.ts';

/** RFC 9745, 4: what is not yet deprecated cannot be gone. */
export function checkDeprecation({ deprecated }: RouteMapping, report: Report): void {
  if (deprecated === undefined) return;
  const { since, sunset, link } = deprecated;
  for (const [field, text] of [
    ['since', since],
    ['sunset', sunset],
  ] as const)
    if (text !== undefined && Number.isNaN(Date.parse(text)))
      report(['deprecated', field], 'There is no such day.');
  if (sunset !== undefined && Date.parse(sunset) < Date.parse(since))
    report(['deprecated', 'sunset'], 'The sunset must not be before the deprecation (RFC 9745, 4).');
  if (link !== undefined && !URL.canParse(link)) report(['deprecated', 'link'], 'This is no URL.');
}
