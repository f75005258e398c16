import type { ServerResponse } from 'node:http';
import { Pool, type Dispatcher } from 'undici';
import { readAssignment, takePart } from './take-part.ts';

/** The limit: one SOAP request out for one request in, the bytes of the answer untouched. */
const { endpoint, load } = readAssignment();
const url = new URL(endpoint);
const pool = new Pool(url.origin, { connections: 64 });
const request = {
  path: url.pathname,
  method: 'POST' as const,
  headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${load.action}"` },
  body: Buffer.from(load.envelope),
};

await takePart((incoming, response) => {
  incoming.resume().once('end', () => {
    void pool.stream({ ...request, opaque: response }, forward);
  });
});

function forward({
  statusCode,
  headers,
  opaque,
}: Dispatcher.StreamFactoryData<ServerResponse>): ServerResponse {
  return opaque.writeHead(statusCode, {
    'Content-Type': headers['content-type'],
    'Content-Length': headers['content-length'],
  });
}
