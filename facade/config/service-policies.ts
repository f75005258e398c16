import type { ConfigSchema } from './portico-schema.ts';
import { integer, record, seconds, secret, text } from './schema-parts.ts';
import { messageHeaders } from './security-schema.ts';

/** The same for services and for the broker. */
export function tlsSchema(description: string): ConfigSchema {
  return record(description, {
    ca: text('PEM file of the certificates to trust in place of the system’s, relative to this file.'),
    certificate: text('PEM file of the client certificate and those that sign it.'),
    key: secret('PEM of its private key.'),
    passphrase: secret('Opens the private key.'),
    serverName: text('Name in the certificate, if it is not the host of the address.'),
    minVersion: {
      description: 'Least version of TLS.',
      type: 'string',
      enum: ['TLSv1.2', 'TLSv1.3'],
      default: 'TLSv1.2',
    },
  });
}

const connection = record('Connections to the service.', {
  connectTimeoutSeconds: seconds('Longest time to make one.', 5, 60),
  keepAliveSeconds: seconds('How long an idle one is kept, unless the service says less.', 4, 600),
  proxy: secret('Forward proxy, `http://user:password@host:port`.'),
  tls: tlsSchema('TLS towards the service.'),
});

const credentials = record('Who Portico is to the service. One of `basic`, `bearer` and `ntlm`.', {
  basic: record(
    'HTTP Basic authentication (RFC 7617).',
    { username: text('Without a colon.'), password: secret('Its password.') },
    ['username', 'password'],
  ),
  bearer: secret('Token sent as `Authorization: Bearer` (RFC 6750).'),
  ntlm: record(
    'NTLMv2 on each connection, see [credentials](credentials.md). Excludes `connection.proxy`.',
    {
      username: text('Without the domain.'),
      password: secret('Its password.'),
      domain: text('Domain of the user, where the service needs it.'),
      workstation: text('Name of this machine, where the service needs it.'),
    },
    ['username', 'password'],
  ),
});

const retry = record(
  'Repeating a failed call, after a random wait: of safe operations, and of others only if nothing of the request has left.',
  {
    most: integer('Repetitions of one call, besides the other endpoints it is tried at.', 0, 10, 2),
    budgetPercent: integer(
      'Repetitions among all calls, so that a service that is down is not called twice as often.',
      0,
      100,
      10,
    ),
  },
);

const circuitBreaker = record(
  'An endpoint that fails too often is not called for a while. Timeouts, broken connections and HTTP 5xx without SOAP are failures; a SOAP Fault is not.',
  {
    failurePercent: integer('Share of failures in the window that opens the circuit.', 1, 100, 50),
    windowSeconds: seconds('The time looked back.', 10, 600),
    minimumCalls: integer('Fewer calls in the window open nothing.', 1, 10_000, 10),
    probeSeconds: seconds(
      'While open, one call in this time is let through; its success closes the circuit.',
      5,
    ),
  },
);

const bulkhead = record('How much of Portico one endpoint may take.', {
  concurrent: integer('Calls at the same time, each on its own connection.', 1, 10_000, 32),
  queued: integer('Calls that wait for a place; further ones are answered 503.', 0, 100_000, 128),
});

const health = record(
  'Asks each endpoint whether it works, so that no call has to find out. Default: not asked.',
  {
    probe: {
      description:
        '`tcp`: it takes connections; `http`: a GET is answered 2xx; `operation`: an operation is answered in SOAP. The success of the latter two also closes a circuit that calls have opened.',
      type: 'string',
      enum: ['tcp', 'http', 'operation'],
    },
    path: {
      description: 'Of `http`: what is asked for, at the host of the endpoint. Default: `/`.',
      type: 'string',
      pattern: '^/',
      examples: ['/health'],
    },
    operation: text('Of `operation`: one of the WSDL that changes nothing and costs little.'),
    input: {
      description: 'Of `operation`: its input, as JSON. Default: no member.',
      type: 'object',
    },
    intervalSeconds: seconds('From one probe to the next.', 5),
    timeoutSeconds: seconds('Longest time for one probe.', 2, 60),
    failures: integer('Probes that fail one after the other before no more calls are sent.', 1, 100, 3),
  },
  ['probe'],
);

/** Keys of a service that say how it is called. */
export const servicePolicies: Readonly<Record<string, ConfigSchema>> = {
  endpoints: {
    description: 'Several addresses of the same service, in place of `endpoint`.',
    type: 'array',
    items: { type: 'string', pattern: '^https?://' },
    minItems: 1,
    uniqueItems: true,
  },
  failover: {
    description: 'Which of `endpoints` is called: the first that works, or those that work in turn.',
    type: 'string',
    enum: ['priority', 'round-robin'],
    default: 'priority',
  },
  connection: { ...connection, default: {} },
  credentials,
  ...messageHeaders,
  retry: { ...retry, default: {} },
  circuitBreaker: { ...circuitBreaker, default: {} },
  bulkhead: { ...bulkhead, default: {} },
  health,
};
