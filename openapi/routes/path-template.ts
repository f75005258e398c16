/** A path template cut into its segments. */
export interface PathTemplate {
  readonly parameters: readonly string[];
  /** The same for every template that matches the same paths: parameters without their names. */
  readonly pattern: string;
}

const PARAMETER = /^\{([A-Za-z][A-Za-z0-9_-]*)\}$/;
/** RFC 3986, 3.3, without percent-encoding: a segment has one spelling. */
const LITERAL = /^[A-Za-z0-9\-._~!$&'()*+,;=:@]+$/;

/** @returns the template, or a sentence on what is wrong with it. */
export function parsePathTemplate(path: string): PathTemplate | string {
  if (!path.startsWith('/')) return `The path "${path}" must start with "/".`;
  if (path === '/') return { parameters: [], pattern: '/' };
  const parameters: string[] = [];
  let pattern = '';
  for (const segment of path.slice(1).split('/')) {
    const fault = faultOfSegment(segment);
    if (fault !== undefined) return fault;
    const parameter = PARAMETER.exec(segment)?.[1];
    pattern += parameter === undefined ? `/${segment}` : '/{}';
    if (parameter !== undefined) parameters.push(parameter);
  }
  const twice = parameters.find((name, index) => parameters.indexOf(name) !== index);
  if (twice !== undefined) return `The path parameter "${twice}" occurs twice.`;
  return { parameters, pattern };
}

function faultOfSegment(segment: string): string | undefined {
  if (segment === '') return 'The path has an empty segment: remove the doubled or trailing "/".';
  if (segment === '.' || segment === '..')
    return `The path segment "${segment}" cannot be asked for by a client.`;
  if (LITERAL.test(segment) || PARAMETER.test(segment)) return undefined;
  if (/[{}]/.test(segment)) {
    return `The path segment "${segment}" must be one whole "{parameter}": a letter, then letters, digits, "_" and "-".`;
  }
  return `The path segment "${segment}" has a character that paths cannot have.`;
}
