/** The Content-ID of a part without its angle brackets, which some senders leave out (RFC 2045, 7). */
export function bareContentId(field: string): string {
  return field.trim().replace(/^<(.*)>$/, '$1');
}

/** The Content-ID that a `cid:` URL names (RFC 2392: percent-encoded); undefined for any other URI. */
export function contentIdOfUrl(uri: string): string | undefined {
  const encoded = /^cid:(.+)$/i.exec(uri.trim())?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    // A stray percent sign: some senders do not encode at all.
    return encoded;
  }
}

/** RFC 2392: what a URL may not hold is percent-encoded; `@` stays as it is. */
export function urlOfContentId(contentId: string): string {
  return `cid:${encodeURIComponent(contentId).replaceAll('%40', '@')}`;
}

/** WS-I Attachments Profile 1.0, R2933: `invoice=4f3a@example.org` -> `invoice`; the name is percent-encoded. */
export function partNameOf(contentId: string | undefined): string | undefined {
  const encoded = /^([^=]+)=/.exec(contentId ?? '')?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
