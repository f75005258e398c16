import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Endpoint } from './endpoint.ts';
import { toIndexPage } from './index-page.ts';
import { send } from './send.ts';
import { toServedDocument } from './wsdl-documents.ts';

const NO_DOCUMENT = 'no such document; ?wsdl gives the contract if the mock was made from its WSDL\n';

/** `?wsdl`, `?wsdl=N` and `?xsd=N` in any case, as servers have always offered them; without a query a page. */
export function answerGet(
  endpoints: readonly Endpoint[],
  endpoint: Endpoint,
  { searchParams }: URL,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const [query] = searchParams;
  if (query === undefined) {
    send(response, 200, 'text/html', toIndexPage([endpoint]));
    return;
  }
  const [name, value] = query;
  const isDocument = /^(?:wsdl|xsd)$/i.test(name) && /^\d{0,5}$/.test(value);
  const xml = isDocument ? serveDocument(endpoints, endpoint, Number(value), originOf(request)) : undefined;
  if (xml === undefined) send(response, 404, 'text/plain', NO_DOCUMENT);
  else send(response, 200, 'text/xml', xml);
}

function serveDocument(
  endpoints: readonly Endpoint[],
  endpoint: Endpoint,
  index: number,
  origin: string,
): string | undefined {
  return toServedDocument(endpoint, index, {
    self: origin + endpoint.path,
    queryOf: (position) => queryOf(endpoint, position),
    endpointOf(service, port) {
      const siblings = endpoints.filter(({ contract }) => contract === endpoint.contract);
      const own = siblings.find((sibling) => sibling.service.name === service && sibling.port.name === port);
      return own && origin + own.path;
    },
  });
}

/** The WSDL itself has one address only: a circle of imports comes back to it. */
function queryOf({ documents }: Endpoint, position: number): string {
  if (position === 0) return 'wsdl';
  return `${documents[position]?.kind === 'wsdl' ? 'wsdl' : 'xsd'}=${position}`;
}

const HOST = /^(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?$/;

/** The mock as this client reaches it, which behind a port mapping is not where it listens. */
function originOf({ headers: { host = '' }, socket }: IncomingMessage): string {
  return HOST.test(host) ? `http://${host}` : `http://127.0.0.1:${socket.localPort ?? 80}`;
}
