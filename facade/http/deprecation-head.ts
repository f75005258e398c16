import type { DeprecationMapping } from '../../openapi/index.ts';

/** Header fields that tell of a route that will go (RFC 9745, RFC 8594): name, value, name, value. */
export function deprecationHead({ since, sunset, link }: DeprecationMapping): readonly string[] {
  return [
    'Deprecation',
    `@${Date.parse(since) / 1000}`,
    ...(sunset === undefined ? [] : ['Sunset', new Date(sunset).toUTCString()]),
    // As URL writes it, nothing in it can end the field or the reference.
    ...(link === undefined ? [] : ['Link', `<${new URL(link).href}>; rel="deprecation"; type="text/html"`]),
  ];
}
