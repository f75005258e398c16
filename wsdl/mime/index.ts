export type { Attachment, Packaging, StreamedAttachment } from './attachment.ts';
export { partNameOf } from './content-id.ts';
export { parseMediaType, type MediaType } from './media-type.ts';
export { readParts, type MimePart } from './read-parts.ts';
export { isPackage, openPackage, readPackage, type OpenPackage, type SoapPackage } from './open-package.ts';
export { writePackage, type PackageToWrite, type WrittenPackage } from './write-package.ts';
