import type { IncomingHttpHeaders } from 'node:http';
import { ProblemError } from '../problem.ts';

/** Only `application/json` in UTF-8 (RFC 8259, 8.1), as it is. @throws ProblemError 415 */
export function assertMediaType(headers: IncomingHttpHeaders): void {
  const [type = '', ...parameters] = (headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charsets = parameters
    .filter((parameter) => parameter.startsWith('charset='))
    .map((parameter) => parameter.slice('charset='.length).replaceAll('"', ''));
  const encoding = headers['content-encoding'] ?? 'identity';
  const isUtf8 = charsets.every((charset) => charset === 'utf-8' || charset === 'utf8');
  if (type === 'application/json' && isUtf8 && encoding.toLowerCase() === 'identity') return;
  throw new ProblemError('unsupported-media-type', {}, { Accept: 'application/json' });
}
