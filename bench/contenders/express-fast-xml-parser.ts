import express from 'express';
import { XMLParser } from 'fast-xml-parser';
import { Pool } from 'undici';
import { readAssignment, takePart } from './take-part.ts';

/** The usual gateway by hand: a template for the request, a parser for the answer. */
const { endpoint, load } = readAssignment();
const url = new URL(endpoint);
const pool = new Pool(url.origin, { connections: 64 });
const parser = new XMLParser({ removeNSPrefix: true });
const app = express();

app.all('/{*path}', express.json(), async (_request, response) => {
  const { body } = await pool.request({
    path: url.pathname,
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${load.action}"` },
    body: load.envelope,
  });
  response.json(parser.parse(await body.text()));
});
await takePart(app);
