import type { SimpleType } from '../wsdl/index.ts';

/** Whether values may travel as attachments; hexBinary stays in the envelope, always. */
export function isBinaryType({ variety, swaRef }: SimpleType): boolean {
  return swaRef ?? (variety.kind === 'atomic' && variety.builtin === 'base64Binary');
}
