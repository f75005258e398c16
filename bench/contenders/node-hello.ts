import { takePart } from './take-part.ts';

await takePart((_request, response) => {
  response
    .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 17 })
    .end('{"hello":"world"}');
});
