import type { ServerConfig } from '../config/config.ts';
import { securityHead } from './security-headers.ts';

/** The header fields that every answer of an operation has, whatever it says: name, value, name, value. */
export function fixedHead({ compression }: ServerConfig): readonly string[] {
  const varying = compression.codings.length > 0 ? ['Accept-Encoding'] : [];
  return [...securityHead, ...(varying.length > 0 ? ['Vary', varying.join(', ')] : [])];
}
