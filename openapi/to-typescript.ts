import type { OpenApiDocument } from './document/open-api-document.ts';

/** TypeScript types of a document, for use with openapi-fetch. */
export async function toTypeScript(document: OpenApiDocument): Promise<string> {
  // Loaded when asked for: it brings the TypeScript compiler with it.
  const { default: openapiTypeScript, astToString } = await import('openapi-typescript');
  const copy = structuredClone(document) as unknown as Parameters<typeof openapiTypeScript>[0];
  // A default is what an absent member means, so it does not make the member required.
  return astToString(await openapiTypeScript(copy, { defaultNonNullable: false, silent: true }));
}
