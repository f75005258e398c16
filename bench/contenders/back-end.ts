import { readFileSync } from 'node:fs';
import { takePart } from './take-part.ts';

/** Answers whatever comes with the bytes of the file it is given. */
const reply = readFileSync(process.argv[2]!);
const head = ['Content-Type', 'text/xml; charset=utf-8', 'Content-Length', String(reply.length)];

await takePart((request, response) => {
  request.resume().once('end', () => response.writeHead(200, head).end(reply));
});
