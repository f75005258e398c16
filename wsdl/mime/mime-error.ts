import { DecodeError, type DecodeErrorCode } from '../codec/codec.ts';

/** @throws DecodeError: the bytes are no MIME package, or not one that may be read. It concerns the whole message. */
export function failMime(message: string, code: DecodeErrorCode = 'not-mime'): never {
  throw new DecodeError(code, '', message);
}
