import type { RequestListener } from 'node:http';
import { answerGet } from './answer-get.ts';
import { answerAdmin, isAdmin } from './admin/answer-admin.ts';
import { answerSoap, type SoapParts } from './answer-soap.ts';
import type { MockControl } from './control/mock-control.ts';
import type { Endpoint } from './endpoint.ts';
import { toIndexPage } from './index-page.ts';
import { answerVariants } from './sample/answer-variants.ts';
import { send } from './send.ts';

export interface ListenerParts extends SoapParts {
  /** What the admin API controls; missing where it is switched off. */
  readonly control?: MockControl;
}

/** GET shows pages and WSDLs, POST to a port is SOAP. */
export function createListener(endpoints: readonly Endpoint[], parts: ListenerParts): RequestListener {
  const byPath = new Map(endpoints.map((endpoint) => [endpoint.path, endpoint]));
  return (request, response) => {
    const { method = 'GET' } = request;
    const plain = method === 'POST' ? byPath.get(request.url ?? '') : undefined;
    if (plain !== undefined) {
      void answerSoap(parts, plain, request, response);
      return;
    }
    const url = toUrl(request.url);
    const endpoint = byPath.get(url.pathname);
    if (parts.control && isAdmin(url.pathname)) {
      void answerAdmin(parts.control, url, request, response);
    } else if (endpoint !== undefined && method === 'POST') {
      void answerSoap(parts, endpoint, request, response);
    } else if (method !== 'GET' && method !== 'HEAD') {
      const allow = endpoint === undefined ? 'GET, HEAD' : 'GET, HEAD, POST';
      send(response, 405, 'text/plain', `${method} is not understood here; use ${allow}\n`, { allow });
    } else if (url.pathname === '/') {
      send(response, 200, 'text/html', toIndexPage(endpoints));
    } else if (endpoint === undefined) {
      send(response, 404, 'text/plain', 'nothing is mocked here; / lists every port\n');
    } else if (parts.variantsOf && url.search === '?variants') {
      answerVariants(endpoint, parts.variantsOf, response);
    } else {
      answerGet(endpoints, endpoint, url, request, response);
    }
  };
}

function toUrl(target = '/'): URL {
  return URL.parse(target, 'http://mock') ?? new URL('http://mock/no-such-path');
}
