import { LoadError } from './load-error.ts';
import { tooLarge } from './read-file.ts';

const TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 5;

/** Gets a document over HTTP; redirects are followed within the same host only. @throws LoadError */
export async function fetchUrl(uri: string, maxBytes: number): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await follow(uri, signal);
    if (!response.ok)
      throw new LoadError(
        response.status === 404 ? 'LOAD_NOT_FOUND' : 'LOAD_FAILED',
        `"${shown(uri)}" answered ${response.status}.`,
      );
    return await readBody(response, uri, maxBytes);
  } catch (error) {
    if (error instanceof LoadError) throw error;
    const reason = signal.aborted
      ? `did not answer within ${TIMEOUT_MS / 1000} s`
      : `cannot be reached (${reasonOf(error as Error)})`;
    throw new LoadError('LOAD_FAILED', `"${shown(uri)}" ${reason}.`, { cause: error });
  }
}

async function follow(uri: string, signal: AbortSignal): Promise<Response> {
  let url = withoutCredentials(uri);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await fetch(url.href, { redirect: 'manual', signal, headers: url.headers });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    const next = new URL(location, url.href);
    if (next.host !== new URL(url.href).host) {
      throw new LoadError(
        'LOAD_FORBIDDEN',
        `"${shown(uri)}" redirects to the host ${next.host}, which is not followed. Give that URL itself.`,
      );
    }
    url = { href: next.href, headers: url.headers };
  }
  throw new LoadError('LOAD_FAILED', `"${shown(uri)}" redirects more than ${MOST_REDIRECTS} times.`);
}

/** fetch refuses a URL with a password: it goes into the header instead (RFC 7617). */
function withoutCredentials(uri: string): { href: string; headers: Record<string, string> } {
  const url = new URL(uri);
  const { username, password } = url;
  url.username = url.password = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = username === '' ? {} : { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  return { href: url.href, headers };
}

async function readBody(response: Response, uri: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(shown(uri), maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A URL without its password. */
function shown(uri: string): string {
  const url = new URL(uri);
  url.username = url.password = '';
  return url.href;
}

function reasonOf(error: Error): string {
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}
