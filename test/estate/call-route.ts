import type { Route } from '../../openapi/index.ts';
import type { JsonValue } from '../../wsdl/index.ts';

type JsonObject = Record<string, JsonValue>;

export interface RouteAnswer {
  readonly status: number;
  readonly body: string;
}

/** Calls a route with an input as a client would: parameters taken out of the JSON, the rest as the body. */
export async function callRoute(
  base: string,
  token: string,
  route: Route,
  input: JsonValue,
): Promise<RouteAnswer> {
  const rest = structuredClone(input) as JsonObject;
  const query = new URLSearchParams();
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  let path = route.path;
  for (const preset of route.presets) takeOut(rest, preset.member);
  for (const parameter of route.parameters) {
    const value = takeOut(rest, parameter.member);
    if (value === undefined) continue;
    const texts = (Array.isArray(value) ? value : [value]).map(String);
    if (parameter.in === 'path')
      path = path.replace(`{${parameter.name}}`, encodeURIComponent(texts[0] ?? ''));
    if (parameter.in === 'query') for (const text of texts) query.append(parameter.name, text);
    if (parameter.in === 'header') headers[parameter.name] = texts.join(', ');
  }
  const search = query.size > 0 ? `?${query.toString()}` : '';
  const init: RequestInit = { method: route.method, headers };
  if (route.hasBody) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(rest);
  }
  const response = await fetch(base + path + search, init);
  return { status: response.status, body: await response.text() };
}

function takeOut(from: JsonObject, member: readonly string[]): JsonValue | undefined {
  const [first, ...rest] = member;
  if (first === undefined) return undefined;
  const value = from[first];
  if (rest.length > 0) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? takeOut(value, rest)
      : undefined;
  }
  Reflect.deleteProperty(from, first);
  return value;
}
