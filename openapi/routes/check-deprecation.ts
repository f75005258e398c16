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
    if (text !== undefined && !isDay(text)) report(['deprecated', field], 'There is no such day.');
  if (sunset !== undefined && Date.parse(sunset) < Date.parse(since))
    report(['deprecated', 'sunset'], 'The sunset must not be before the deprecation (RFC 9745, 4).');
  if (link !== undefined && !URL.canParse(link)) report(['deprecated', 'link'], 'This is no URL.');
}

/** `Date` takes the 31st of February for a day in March. */
function isDay(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().replace('.000Z', 'Z').startsWith(text);
}
