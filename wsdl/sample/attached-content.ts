/** The JSON of an example attachment: a short text as base64. */
export function attachedContent(name: string): string {
  return Buffer.from(`Content of ${name}`).toString('base64');
}
