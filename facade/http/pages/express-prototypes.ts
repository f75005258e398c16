import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import type { Prototypes } from '../listen.ts';

/**
 * Requests and responses that are Express's from the start. Express gives each of them its prototype, which costs more than
 * all else that it does; where they have it already, that does nothing.
 */
export function expressPrototypes(app: Express): Prototypes {
  function ExpressRequest(socket: Socket): IncomingMessage {
    return Reflect.construct(IncomingMessage, [socket], ExpressRequest) as IncomingMessage;
  }
  function ExpressResponse(request: IncomingMessage, options?: object): ServerResponse {
    return Reflect.construct(ServerResponse, [request, options], ExpressResponse) as ServerResponse;
  }
  ExpressRequest.prototype = app.request;
  ExpressResponse.prototype = app.response;
  return {
    IncomingMessage: ExpressRequest as unknown as typeof IncomingMessage,
    ServerResponse: ExpressResponse as unknown as typeof ServerResponse,
  };
}
