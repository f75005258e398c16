const NAMESPACE = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;
const MEDIA_TYPE = { '1.1': 'text/xml', '1.2': 'application/soap+xml' } as const;

export interface PostedSoap {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

export function envelope(version: '1.1' | '1.2', body: string): string {
  return `<s:Envelope xmlns:s="${NAMESPACE[version]}"><s:Body>${body}</s:Body></s:Envelope>`;
}

/** Posts a body in an envelope as a SOAP client of that version would. */
export function postBody(
  url: string,
  version: '1.1' | '1.2',
  body: string,
  headers: Record<string, string> = {},
): Promise<PostedSoap> {
  return post(url, envelope(version, body), {
    'content-type': `${MEDIA_TYPE[version]}; charset=utf-8`,
    ...headers,
  });
}

export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<PostedSoap> {
  const response = await fetch(url, { method: 'POST', body, headers });
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    text: await response.text(),
  };
}
