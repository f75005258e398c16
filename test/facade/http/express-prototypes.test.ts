import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expressPrototypes } from '../../../facade/http/pages/express-prototypes.ts';

describe("requests with Express's prototypes", () => {
  it('are what Express would make of them, so that it changes nothing, and its middleware works', async () => {
    const app = express();
    const below = express();
    below.get('/deep', (request, response) => void response.json({ base: request.baseUrl, ip: request.ip }));
    app.use('/below', below);
    app.post('/echo', express.json(), (request, response) => {
      response
        .cookie('seen', 'yes')
        .status(201)
        .json({ body: request.body as unknown, query: request.query });
    });
    const same: boolean[] = [];
    const server = createServer(expressPrototypes(app), (request, response) => {
      same.push(
        Object.getPrototypeOf(request) === app.request,
        Object.getPrototypeOf(response) === app.response,
      );
      app(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const headers = { 'Content-Type': 'application/json' };
    const echo = await fetch(`${url}/echo?a=1`, { method: 'POST', headers, body: '{"b":2}' });
    assert.deepEqual([echo.status, echo.headers.get('set-cookie')], [201, 'seen=yes; Path=/']);
    assert.deepEqual(await echo.json(), { body: { b: 2 }, query: { a: '1' } });
    const deep = (await (await fetch(`${url}/below/deep`)).json()) as { base: string; ip: string };
    assert.deepEqual(deep, { base: '/below', ip: '127.0.0.1' });
    assert.deepEqual(same, [true, true, true, true]);
    server.closeAllConnections();
    server.close();
  });
});
