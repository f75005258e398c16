import { createRequire } from 'node:module';
import type * as Undici from 'undici';

type Dispatchers = Pick<typeof Undici, 'Client' | 'Pool' | 'ProxyAgent'>;

const load = createRequire(import.meta.url);
const dispatcher = (name: string): unknown => load(`undici/lib/dispatcher/${name}.js`);

// As undici's own index does it; that also loads fetch, WebSocket and much else: 75 more modules, 12 MB and 60 ms of each start.
Object.assign(
  (dispatcher('dispatcher') as { readonly prototype: object }).prototype,
  load('undici/lib/api/index.js') as object,
);

/** What of undici a connector needs. Its version is pinned, as these are not the names that it promises. */
export const Client: Dispatchers['Client'] = dispatcher('client') as Dispatchers['Client'];
export const Pool: Dispatchers['Pool'] = dispatcher('pool') as Dispatchers['Pool'];
export const ProxyAgent: Dispatchers['ProxyAgent'] = dispatcher('proxy-agent') as Dispatchers['ProxyAgent'];
