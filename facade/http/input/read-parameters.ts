import type { IncomingHttpHeaders } from 'node:http';
import type { Route, RouteParameter } from '../../../openapi/index.ts';
import type { JsonValue } from '../../../wsdl/index.ts';
import { didYouMean } from '../../../wsdl/index.ts';
import { ProblemError, type InputFault } from '../problem.ts';
import { parseQuery, type Query } from './parse-query.ts';
import { convertText } from './convert-text.ts';

/** Where the texts of parameters come from. */
export interface ParameterSources {
  /** Percent-encoded. */
  readonly path: Readonly<Record<string, string>>;
  /** Without the `?`. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** What the header X-Request-Id stands for, also where the client sent none. */
  readonly requestId: string;
}

export interface ReadParameters {
  readonly values: readonly { readonly member: readonly string[]; readonly value: JsonValue }[];
  /** The caller's to add to. */
  readonly faults: InputFault[];
}

const MAX_NAME = 64;
const MAX_UNKNOWN = 20;

/** The parameters of a route as JSON values, with every fault. @throws ProblemError 400 if the URL is not well encoded. */
export function readParameters(route: Route, sources: ParameterSources): ReadParameters {
  const query = parseQuery(sources.query);
  const faults: InputFault[] = query.size > 0 ? unknownParameters(route, query) : [];
  const values: { readonly member: readonly string[]; readonly value: JsonValue }[] = [];
  for (const parameter of route.parameters) {
    const result = readParameter(parameter, textsOf(parameter, sources, query));
    if (result === undefined) continue;
    if ('value' in result) values.push({ member: parameter.member, value: result.value });
    else faults.push({ parameter: parameter.name, in: parameter.in, ...result });
  }
  return { values, faults };
}

function unknownParameters({ parameters }: Route, query: Query): InputFault[] {
  const isKnown = (name: string): boolean =>
    parameters.some((parameter) => parameter.in === 'query' && parameter.name === name);
  const unknown = [...query.keys()].filter((name) => !isKnown(name));
  const known = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  return unknown
    .slice(0, MAX_UNKNOWN)
    .map((name) => name.slice(0, MAX_NAME))
    .map((name) => ({
      parameter: name,
      in: 'query',
      code: 'unknown-member',
      detail: `Unknown parameter.${didYouMean(name, known)}`,
    }));
}

function textsOf(
  { in: place, name }: RouteParameter,
  sources: ParameterSources,
  query: Query,
): readonly string[] {
  if (place === 'query') return query.get(name) ?? [];
  const text = place === 'path' ? decodeSegment(sources.path[name]) : headerOf(name.toLowerCase(), sources);
  if (text === undefined) return [];
  return typeof text === 'string' ? [text] : text;
}

function headerOf(name: string, { headers, requestId }: ParameterSources): string | string[] | undefined {
  return name === 'x-request-id' ? requestId : headers[name];
}

function decodeSegment(segment: string | undefined): string | undefined {
  if (segment === undefined || !segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ProblemError('malformed-request', { detail: 'The path is not percent-encoded UTF-8.' });
  }
}

type Reading = { readonly value: JsonValue } | { readonly code: string; readonly detail: string } | undefined;

function readParameter({ shape, required }: RouteParameter, texts: readonly string[]): Reading {
  const [text] = texts;
  if (text === undefined)
    return required ? { code: 'required', detail: 'This parameter is missing.' } : undefined;
  if (typeof shape === 'object') {
    const entries = texts.map((entry) => convertText(entry, shape.array));
    return entries.includes(undefined) ? unfit(shape.array) : { value: entries as JsonValue[] };
  }
  if (texts.length > 1) return { code: 'duplicate-member', detail: 'This parameter occurs more than once.' };
  const value = convertText(text, shape);
  return value === undefined ? unfit(shape) : { value };
}

function unfit(shape: string): Reading {
  return { code: 'type', detail: `Must be ${shape === 'integer' ? 'an' : 'a'} ${shape}.` };
}
