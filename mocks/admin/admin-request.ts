import type { IncomingMessage } from 'node:http';
import type { JsonValue } from '../../wsdl/index.ts';
import { readBody } from '../read-body.ts';
import { AdminProblem } from './problem.ts';

const MOST_BYTES = 1024 * 1024;
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/;
const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Refuses who is not on this machine, and pages of other sites in a browser of this machine: by their Origin, and by a Host that is a name of
 * theirs (DNS rebinding). @throws AdminProblem
 */
export function assertLocal({ socket, headers }: IncomingMessage): void {
  const address = socket.remoteAddress ?? '';
  if (!LOOPBACK.test(address)) throw new AdminProblem(403, 'only this machine may do that');
  if (!LOCAL_HOST.test(headers.host ?? ''))
    throw new AdminProblem(403, 'the Host must be localhost or a loopback address');
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host ?? ''}`)
    throw new AdminProblem(403, 'pages of other origins may not do that');
}

/** The text of a body; a form of another site's page cannot have this media type. @throws AdminProblem */
export async function readText(request: IncomingMessage): Promise<string> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== 'application/yaml')
    throw new AdminProblem(415, 'send application/json, or application/yaml for scenarios');
  const body = await readBody(request, MOST_BYTES);
  if (body === 'too-large') throw new AdminProblem(413, `the body is larger than ${MOST_BYTES} bytes`);
  return new TextDecoder().decode(body);
}

/** @throws AdminProblem */
export async function readJson(request: IncomingMessage): Promise<JsonValue> {
  const text = await readText(request);
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new AdminProblem(
      400,
      `the body is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** An object with these members alone; of others the name is told. @throws AdminProblem */
export function asObject(value: JsonValue, known?: readonly string[]): Readonly<Record<string, JsonValue>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AdminProblem(400, 'the body must be a JSON object');
  const unknown = Object.keys(value).filter((name) => known && !known.includes(name));
  if (unknown.length > 0)
    throw new AdminProblem(400, `unknown member "${unknown[0]}"; known here: ${known?.join(', ') ?? ''}`);
  return value;
}
