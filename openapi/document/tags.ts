import type { TagObject } from './open-api-document.ts';
import type { ServiceSurface } from './options.ts';

/** Every tag that a route has, in order of first use. A tag named after a service has that service's documentation. */
export function toTags(services: readonly ServiceSurface[]): TagObject[] {
  const names = new Set(services.flatMap(({ routes }) => routes.flatMap((route) => route.tags)));
  return [...names].map((name) => {
    const contract = services.find((service) => service.name === name)?.contract;
    return { name, description: contract?.documentation ?? `Operations of ${name}.` };
  });
}
