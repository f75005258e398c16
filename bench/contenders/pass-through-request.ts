import type { ServerResponse } from 'node:http';
import { Pool } from 'undici';
import { readAssignment, takePart } from './take-part.ts';

/** The pass-through as most people write it: `request`, and its body piped. */
const { endpoint, load } = readAssignment();
const url = new URL(endpoint);
const pool = new Pool(url.origin, { connections: 64 });

await takePart((incoming, response) => {
  incoming.resume().once('end', () => void forward(response));
});

async function forward(response: ServerResponse): Promise<void> {
  const { statusCode, headers, body } = await pool.request({
    path: url.pathname,
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${load.action}"` },
    body: load.envelope,
  });
  response.writeHead(statusCode, {
    'Content-Type': headers['content-type'],
    'Content-Length': headers['content-length'],
  });
  body.pipe(response);
}
