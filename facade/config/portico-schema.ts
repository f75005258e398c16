import { auth } from './auth-schema.ts';
import { busSchema } from './bus-schema.ts';
import { cacheSchema } from './cache-schema.ts';
import { deferredSchema } from './deferred-schema.ts';
import { auditSchema, logSchema, metricsSchema, tracesSchema } from './observability-schema.ts';
import { eventsSchema } from './events-schema.ts';
import { rateLimitSchema } from './rate-limit-schema.ts';
import { routeSchema } from './route-schema.ts';
import { integer, names, record, seconds, text } from './schema-parts.ts';
import { server } from './server-schema.ts';
import { servicePolicies } from './service-policies.ts';
import { transportKeys } from './transport-schema.ts';

/** What this project uses of JSON Schema 2020-12. Every property has a description: docs/configuration.md is made of them. */
export interface ConfigSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly properties?: Readonly<Record<string, ConfigSchema>>;
  readonly additionalProperties?: false | ConfigSchema;
  readonly propertyNames?: ConfigSchema;
  readonly required?: readonly string[];
  readonly items?: ConfigSchema;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly examples?: readonly unknown[];
}

export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';

const hours = (description: string, standard: number): ConfigSchema => ({
  description,
  type: 'integer',
  minimum: 1,
  maximum: 8760,
  default: standard,
});

const commands = record('Where keyed writes are remembered, see [idempotency](idempotency.md).', {
  store: {
    description: 'A file for one machine, or a PostgreSQL database for many.',
    type: 'string',
    enum: ['sqlite', 'postgres'],
    default: 'sqlite',
  },
  path: text(
    'The SQLite file, relative to this file; on a local disk. Processes of one machine may share it.',
    '.portico/commands.sqlite',
  ),
  url: {
    description: 'The PostgreSQL database. Portico makes its tables, named `portico_...`.',
    type: 'string',
    pattern: '^postgres(ql)?://',
    examples: ['postgres://user:secret@postgres:5432/portico'],
  },
  retentionHours: hours('How long an answer is kept to be given again.', 24),
  unknownRetentionHours: hours('How long a key is remembered whose outcome is not known.', 720),
  eventRetentionHours: hours(
    'How long events are kept that were published, or that came for streams and webhooks, see [events](events.md).',
    24,
  ),
  leaseSeconds: seconds(
    'How long after its last sign of life a process is believed to be still at work on its calls.',
    15,
    300,
  ),
  deferred: { ...deferredSchema, default: {} },
});

const redis = record(
  'A Redis server (6 or newer) that the processes of this API share. While it is away, each goes on by itself.',
  {
    url: {
      description: 'Its address; `rediss://` for TLS. Without it nothing is shared.',
      type: 'string',
      pattern: '^rediss?://',
      examples: ['redis://portico:${REDIS_PASSWORD}@redis:6379'],
    },
    prefix: {
      description: 'Before every key, with a colon, so that several APIs may use one server.',
      type: 'string',
      pattern: '^[A-Za-z0-9_.{}-]{1,64}$',
      default: 'portico',
    },
    timeoutMilliseconds: integer('Longest wait for one reply of it.', 1, 10_000, 100),
  },
);

const service = record('One SOAP service. Exactly one of `wsdl` and `contract` is needed.', {
  wsdl: text('WSDL: a file, relative to this file, or a URL.'),
  contract: text(
    'A contract stored by `portico import`, relative to this file; no network is needed at start.',
  ),
  wsdlService: text('Name of the service in the WSDL, where it has several.'),
  port: text('Name of the port, where the choice (SOAP 1.2 before 1.1, then document order) must differ.'),
  endpoint: {
    description: 'Where the service listens. Default: the address of the port in the WSDL.',
    type: 'string',
    pattern: '^https?://',
  },
  ...transportKeys,
  timeoutSeconds: seconds('Longest time for one call, its repetitions included.', 10, 600),
  ...servicePolicies,
  names: {
    description: 'JSON names: `AccountId` as `accountId`, or as it is.',
    type: 'string',
    enum: ['camelCase', 'asIs'],
    default: 'camelCase',
  },
  numbers: {
    description: '64-bit and unbounded numbers as JSON strings, exactly, or as JSON numbers.',
    type: 'string',
    enum: ['string', 'number'],
    default: 'string',
  },
  mtom: {
    description:
      'Whether requests carry binary content beside the envelope (MTOM). `auto`: if a policy in the WSDL asks for it, or a schema names expected content types. Answers are read either way.',
    type: 'string',
    enum: ['never', 'always', 'auto'],
    default: 'never',
  },
  mtomThresholdBytes: {
    description: 'With MTOM, smallest binary content that leaves the envelope.',
    type: 'integer',
    minimum: 0,
    maximum: 33_554_432,
    default: 1024,
  },
  allowedHosts: names('Hosts that the WSDL may import documents from, besides its own.'),
  allowedRoots: names('Folders that a local WSDL may import documents from, besides its own.'),
  catalog: text(
    'Local copies of documents that the WSDL imports: a file with lines of URL, tab and path, or an OASIS XML catalog.',
  ),
  lenient: {
    description: 'Takes unknown names in the WSDL as content of any kind, and warns, instead of refusing it.',
    type: 'boolean',
    default: false,
  },
  routes: {
    description: 'The REST routes. Default: one inferred for each operation.',
    type: 'array',
    items: routeSchema,
  },
});

/** The one schema of portico.yaml: it checks the file, completes keys in editors and makes docs/configuration.md. */
export const porticoSchema: ConfigSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://portico.dev/schema/portico.schema.json',
  title: 'portico.yaml',
  ...record(
    'Configuration of a Portico facade.',
    {
      server: { ...server, default: {} },
      auth: { ...auth, default: {} },
      rateLimit: { ...rateLimitSchema, default: {} },
      cache: { ...cacheSchema, default: {} },
      commands: { ...commands, default: {} },
      bus: { ...busSchema, default: {} },
      events: { ...eventsSchema, default: {} },
      redis: { ...redis, default: {} },
      log: { ...logSchema, default: {} },
      audit: { ...auditSchema, default: {} },
      metrics: { ...metricsSchema, default: {} },
      traces: { ...tracesSchema, default: {} },
      openapi: {
        ...record('Head of the OpenAPI document.', {
          title: text('Title of the API.', 'Portico API'),
          version: text('Version of the API.', '1.0.0'),
          description: text('Description, in Markdown.'),
        }),
        default: {},
      },
      services: {
        description: 'The SOAP services, by name.',
        type: 'object',
        propertyNames: { pattern: '^[a-z][a-z0-9-]{0,62}$' },
        additionalProperties: service,
      },
    },
    ['services'],
  ),
};
