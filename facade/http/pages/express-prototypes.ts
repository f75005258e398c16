import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import type { Prototypes } from '../listen.ts';

/**
 * Requests and responses that are Express's from the start. Express gives each of them its prototype, which costs more than
 * all else that it does; where they have it already, that does nothing. Classes, as V8 makes room in their objects for what
 * the constructors of Node put there.
 */
export function expressPrototypes(app: Express): Prototypes {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse extends ServerResponse {}
  app.request = Object.setPrototypeOf(ExpressRequest.prototype, app.request) as Express['request'];
  app.response = Object.setPrototypeOf(ExpressResponse.prototype, app.response) as Express['response'];
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse as typeof ServerResponse };
}
