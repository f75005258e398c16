/** The characters of a URI (RFC 3986, 2) that begins with http; a URL parser would take others, and drop or change them. */
const HTTP_URI = /^https?:\/\/[!#-;=?-Z[\]_a-z~]+$/i;
const ESCAPE = /%[0-9a-f]{2}/gi;
const UNRESERVED = /[A-Za-z0-9._~-]/;

/**
 * A URI as `htu` of a proof has it, in the one form that equivalent ones share (RFC 3986, 6.2.2, 6.2.3), without query and
 * fragment (RFC 9449, 4.3, 9). Undefined for what is no http or https URI, or holds credentials.
 */
export function targetUri(text: unknown): string | undefined {
  if (typeof text !== 'string' || !HTTP_URI.test(text)) return undefined;
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  return url.origin + normalEscapes(url.pathname);
}

/**
 * The target of a request, below `publicUrl`. Dot segments are left in: no proof names such a path, as none is the one way to
 * write it.
 */
export function requestUri(publicBase: string, url: string): string {
  const end = url.indexOf('?');
  return publicBase + normalEscapes(end === -1 ? url : url.slice(0, end));
}

/** `publicUrl` for `requestUri`: paths begin with a slash of their own. */
export function publicBase(publicUrl: string): string {
  return targetUri(publicUrl)!.replace(/\/$/, '');
}

function normalEscapes(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(ESCAPE, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return UNRESERVED.test(character) ? character : escape.toUpperCase();
  });
}
