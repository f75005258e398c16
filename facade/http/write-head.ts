import { ServerResponse, STATUS_CODES } from 'node:http';
import { flatText } from '../flat-text.ts';
import type { Exchange } from './exchange.ts';

/**
 * Where `ServerResponse.writeHead` puts the head together, after a beginning given as text. It is not documented; where it is
 * missing, `writeHead` is used (docs/adr/0051-heads-in-one-piece.md).
 */
interface HeadStore {
  _storeHeader?(beginning: string, fields: readonly string[]): void;
}

/** How answers of one status begin that have the same fields in common, written once. */
interface Beginning {
  readonly text: string;
  /** Those of them that Node has to see. */
  readonly fields: readonly string[];
  /** The lines of the last answer, by place: most answers have the same fields in the same order. */
  readonly lines: Line[];
}

/** A field, and its line as it was last written: most have one value for good, which need not be checked and put together again. */
interface Line {
  readonly name: string;
  /** `name: ` */
  readonly start: string;
  /** None of those that Node looks at, by its name. */
  readonly isOrdinary: boolean;
  value: string | undefined;
  text: string;
  isFlat: boolean;
  /** What is ever another value, as an id, is not compared for ever. */
  changes: number;
}

/** Node adds those of them that are missing. */
const NODES_OWN = /^(?:connection|keep-alive|transfer-encoding|content-length|date|expect|trailer)$/i;
/** RFC 9110, 5.6.2. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** RFC 9110, 5.5: nothing in a value may end it. */
const OUTSIDE_VALUES = /[^\t\x20-\x7e\x80-\xff]/;
const FIRST_WITH_BODY = 200;
const NO_BODY: ReadonlySet<number> = new Set([204, 304]);

/** By names; those stand in the code, so there are few. */
const lines = new Map<string, Line>();
const MOST_LINES = 256;
const MOST_CHANGES = 64;

/** By the fields in common, of which there are some for each origin of scripts, and by status. */
const beginnings = new WeakMap<readonly string[], Map<number, Beginning>>();

/**
 * `response.writeHead` at a quarter of its cost: what is the same in all answers is neither checked nor put together each time.
 * @throws TypeError for a name or a value that no header field may have.
 */
export function writeHead(
  { response, standing, head }: Pick<Exchange, 'response' | 'standing' | 'head'>,
  status: number,
): ServerResponse {
  const store: HeadStore = response as unknown as HeadStore;
  if (store._storeHeader === undefined || !isPlain(response, status))
    return response.writeHead(status, [...standing, ...head]);
  const beginning = beginningOf(status, standing);
  const fields = [...beginning.fields];
  response.statusCode = status;
  store._storeHeader(beginning.text + linesOf(head, fields, beginning.lines), fields);
  return response;
}

function beginningOf(status: number, standing: readonly string[]): Beginning {
  const byStatus = beginnings.get(standing) ?? new Map<number, Beginning>();
  const known = byStatus.get(status);
  if (known !== undefined) return known;
  const fields: string[] = [];
  const text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n${linesOf(standing, fields, [])}`;
  const beginning = { text: flatText(text), fields, lines: [] };
  beginnings.set(standing, byStatus.set(status, beginning));
  return beginning;
}

/** Those that Node has to see go to `fields`. */
function linesOf(head: readonly string[], fields: string[], last: Line[]): string {
  let text = '';
  for (let index = 0; index < head.length; index += 2) {
    const name = head[index]!;
    const value = head[index + 1]!;
    let line = last[index / 2];
    if (line?.name !== name) line = last[index / 2] = lines.get(name) ?? begin(name);
    const own = textOf(line, value);
    if (own === undefined) fields.push(name, value);
    else text += own;
  }
  return text;
}

/** Nobody has set fields, or wants to hear of them, and no rule on the body or on the connection has to be kept. */
function isPlain(response: ServerResponse, status: number): boolean {
  return (
    response.writeHead === ServerResponse.prototype.writeHead &&
    !response.headersSent &&
    !response.statusMessage &&
    status >= FIRST_WITH_BODY &&
    !NO_BODY.has(status) &&
    response.req.headers.expect === undefined &&
    response.getHeaderNames().length === 0
  );
}

/** Undefined for what Node has to see: its own fields, and what it will refuse. */
function textOf(line: Line, value: string): string | undefined {
  const isCompared = line.changes < MOST_CHANGES;
  if (isCompared && line.value === value) {
    if (!line.isFlat) line.text = flatText(line.text);
    line.isFlat = true;
    return line.text;
  }
  if (!line.isOrdinary || OUTSIDE_VALUES.test(value)) return undefined;
  const text = `${line.start}${value}\r\n`;
  if (isCompared) {
    line.value = value;
    line.text = text;
    line.isFlat = false;
    line.changes += 1;
  }
  return text;
}

function begin(name: string): Line {
  const isOrdinary = TOKEN.test(name) && !NODES_OWN.test(name);
  const line = {
    name,
    start: flatText(`${name}: `),
    isOrdinary,
    value: undefined,
    text: '',
    isFlat: false,
    changes: 0,
  };
  if (lines.size < MOST_LINES) lines.set(name, line);
  return line;
}
