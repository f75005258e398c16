/**
 * Stands in a JSON value for binary content that is not in memory. No JSON text can hold one: only this process makes
 * them. Where it stands, the message has an attachment whose content is this stream.
 */
export class StreamedBinary {
  readonly content: AsyncIterable<Uint8Array>;
  readonly mediaType: string | undefined;

  constructor(content: AsyncIterable<Uint8Array>, mediaType?: string) {
    this.content = content;
    this.mediaType = mediaType;
  }
}
