import { Readable } from 'node:stream';
import { defaultLimits, isPackage, parseMediaType, readPackage, type SoapPackage } from '../wsdl/index.ts';

/** A request as the codec takes it: `packaging` is missing for a plain envelope. */
export type ReceivedMessage = Omit<SoapPackage, 'packaging'> & Partial<Pick<SoapPackage, 'packaging'>>;

/** The envelope of a request and what came beside it. @throws DecodeError if it is no MIME package though it says so. */
export async function readMessage(
  body: Uint8Array,
  contentType: string | undefined,
): Promise<ReceivedMessage> {
  const type = parseMediaType(contentType);
  if (isPackage(type)) return readPackage(Readable.from([body]), type, defaultLimits);
  const charset = type.parameters.get('charset');
  return { envelope: body, attachments: [], ...(charset !== undefined && { charset }) };
}
