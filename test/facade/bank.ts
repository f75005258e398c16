import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import {
  createDevelopmentToken,
  createFacade,
  parseConfig,
  type Facade,
  type FacadeOptions,
  type PorticoConfig,
} from '../../facade/index.ts';
import { accountAnswer, bankWsdl, transferAnswer } from './bank-wsdl.ts';

export interface CoreCall {
  readonly action: string;
  readonly envelope: string;
  readonly headers: IncomingMessage['headers'];
}

/** What the core answers with; may also write to the response itself and return nothing. */
export type CoreAnswer = (
  call: CoreCall,
  response: ServerResponse,
) =>
  | { readonly status?: number; readonly type?: string; readonly body: string }
  | undefined
  | Promise<undefined>;

export interface Bank {
  readonly url: string;
  readonly coreUrl: string;
  readonly facade: Facade;
  readonly folder: string;
  readonly log: string[];
  /** Calls that reached the core. */
  readonly calls: CoreCall[];
  /** How the core answers from now on. */
  answer: CoreAnswer;
  token(scopes?: readonly string[], claims?: Readonly<Record<string, unknown>>): Promise<string>;
  /** A request with a token of all scopes, unless `headers` has another Authorization (`''` for none). */
  call(
    path: string,
    init?: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> },
  ): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Stops facade and core and leaves the folder, for a bank that adopts it. */
  leave(): Promise<void>;
  /** Stops both and removes the folder. */
  close(): Promise<void>;
}

export interface BankOptions {
  /** YAML put before the services. */
  readonly yaml?: string;
  readonly options?: Partial<FacadeOptions>;
  /** YAML in place of the services, given where the core is; `startBank` then usually fails. */
  readonly services?: string | ((coreUrl: string) => string);
  /** Puts further files into the folder of the configuration. */
  readonly prepare?: (folder: string) => void;
  /** Where the core is to be sought; default: where it is. */
  readonly endpoint?: string;
  /** Further keys of the service, as YAML in flow style: `retry: { most: 0 }`. */
  readonly policies?: readonly string[];
  /** Further rows of its routes, as YAML in flow style. */
  readonly routes?: readonly string[];
  /** The folder that a bank has left: its token key and its stores are used on. */
  readonly adopt?: string;
  /** For variables in the YAML. */
  readonly env?: Readonly<Record<string, string>>;
}

const ROUTES = `
      - { operation: GetAccount, method: GET, path: "/v1/accounts/{accountId}", scopes: [accounts:read], input: { customerId: token.sub } }
      - { operation: GetAccount, method: GET, path: "/v1/cached/{accountId}", operationId: cached, scopes: [accounts:read], input: { customerId: token.customer }, cache: { ttlSeconds: 60 } }
      - { operation: Transfer, method: POST, path: /v1/transfers, status: 201, scopes: [transfers:write, accounts:read], input: { customerId: token.sub, options.channel: { const: WEB } }, publish: { event: transfer.completed } }
      - { operation: Transfer, method: POST, path: "/v1/accounts/{from}/transfers", operationId: transferFrom, input: { customerId: token.sub, currency: query.currency, rate: header.x-rate } }
      - { operation: Notify, method: POST, path: /v1/notices, input: { text: query.text } }
`;

/** The standard answers by action. */
export const standardAnswer: CoreAnswer = ({ action }) => {
  if (action.includes('Notify')) return { status: 202, body: '' };
  return { body: action.includes('Transfer') ? transferAnswer : accountAnswer };
};

/** A core, and a facade before it; everything in a folder of its own. */
export async function startBank({
  yaml = '',
  options = {},
  endpoint,
  prepare,
  services,
  policies = [],
  routes = [],
  env = {},
  adopt,
}: BankOptions = {}): Promise<Bank> {
  const folder = adopt ?? mkdtempSync(join(tmpdir(), 'portico-facade-'));
  writeFileSync(join(folder, 'bank.wsdl'), bankWsdl);
  prepare?.(folder);
  const calls: CoreCall[] = [];
  const core = createServer((request, response) => void answerCall(request, response));
  core.listen(0, '127.0.0.1');
  await once(core, 'listening');
  const coreUrl = `http://127.0.0.1:${(core.address() as AddressInfo).port}/bank`;
  const log: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line) => void log.push(line) });
  const bankService = `bank:\n    wsdl: bank.wsdl\n    ${[`endpoint: ${endpoint ?? coreUrl}`, ...policies].join('\n    ')}\n    routes:${ROUTES}${routes.map((row) => `      - ${row}\n`).join('')}`;
  const closeCore = (): void => {
    core.closeAllConnections();
    core.close();
  };
  const openFacade = async (): Promise<Facade> => {
    const config = configOf(
      `${yaml}\nservices:\n  ${typeof services === 'function' ? services(coreUrl) : (services ?? bankService)}`,
      env,
    );
    return createFacade({ config, configDir: folder, logger, ...options });
  };
  const facade = await openFacade().catch((error: unknown) => {
    closeCore();
    rmSync(folder, { recursive: true });
    throw error;
  });
  const url = `http://127.0.0.1:${(await facade.listen(0, '127.0.0.1')).port}`;

  async function answerCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = {
      action: String(request.headers.soapaction),
      envelope: await text(request),
      headers: request.headers,
    };
    calls.push(call);
    const answer = await bank.answer(call, response);
    if (answer)
      response
        .writeHead(answer.status ?? 200, { 'Content-Type': answer.type ?? 'text/xml; charset=utf-8' })
        .end(answer.body);
  }

  const bank: Bank = {
    url,
    coreUrl,
    facade,
    folder,
    log,
    calls,
    answer: standardAnswer,
    token: (scopes = ['accounts:read', 'transfers:write'], claims = { customer: 'anna' }) =>
      createDevelopmentToken({ configDir: folder, subject: 'anna', scopes, claims }),
    async call(path, { headers = {}, ...init } = {}) {
      const { Authorization = `Bearer ${await bank.token()}`, ...rest } = headers;
      return fetch(url + path, {
        ...init,
        headers: { ...rest, ...(Authorization !== '' && { Authorization }) },
      });
    },
    post: (path, body, headers = {}) =>
      bank.call(path, {
        method: 'POST',
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...headers },
      }),
    async leave() {
      await facade.close();
      closeCore();
    },
    async close() {
      await bank.leave();
      rmSync(folder, { recursive: true });
    },
  };
  return bank;
}

export function configOf(yaml: string, env: Readonly<Record<string, string>> = {}): PorticoConfig {
  const source = /^auth:/m.test(yaml) ? yaml : `auth: { development: true }\n${yaml}`;
  const { config, problems } = parseConfig('portico.yaml', source, env);
  if (config === undefined)
    throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return config;
}

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly outcome?: string;
  readonly path?: string;
  readonly fault?: unknown;
  readonly errors?: readonly {
    pointer?: string;
    parameter?: string;
    in?: string;
    code: string;
    detail: string;
  }[];
}

/** The problem in a response, after checks that hold for all of them. */
export async function problemOf(response: Response): Promise<ProblemBody> {
  const problem = (await response.json()) as ProblemBody;
  if (response.headers.get('content-type') !== 'application/problem+json')
    throw new Error(`no problem: ${JSON.stringify(problem)}`);
  if (problem.status !== response.status)
    throw new Error(`status ${response.status}, but the problem says ${problem.status}`);
  if (response.headers.get('cache-control') !== 'no-store') throw new Error('a problem must not be stored');
  if (problem.requestId !== undefined && problem.requestId !== response.headers.get('x-request-id'))
    throw new Error('two request ids');
  return problem;
}
