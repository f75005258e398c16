import type { ConfigSchema } from './portico-schema.ts';
import { record, text } from './schema-parts.ts';

const destination = (what: string, standard: string): ConfigSchema =>
  text(
    `${what}: \`stdout\`, \`off\`, or a file, relative to this file. A file is appended to, and opened anew on SIGHUP.`,
    standard,
  );

const subject: ConfigSchema = {
  description:
    'Who called: the subject of the token as a `hash` (the same person is the same text, but not named), `plain`, or `off`.',
  type: 'string',
  enum: ['hash', 'plain', 'off'],
  default: 'hash',
};

export const logSchema: ConfigSchema = record(
  'Logs: JSON lines on standard output, and one line for each request, see [operations](operations.md).',
  {
    level: {
      description:
        'Least severity that is written. Lines of requests on standard output are of level `info`.',
      type: 'string',
      enum: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      default: 'info',
    },
    access: destination('Where the lines of requests go', 'stdout'),
    subject,
  },
);

export const auditSchema: ConfigSchema = record(
  'The audit log: who had which operation carried out, and how it ended, see [operations](operations.md).',
  {
    to: destination('Where it goes', 'off'),
    subject,
    operations: {
      description: '`all`, or only `writes`: all that is not GET.',
      type: 'string',
      enum: ['all', 'writes'],
      default: 'all',
    },
    payload: {
      description:
        'Write down the input of each operation too. Card numbers, IBANs, credentials and what routes mark `sensitive` are masked.',
      type: 'boolean',
      default: false,
    },
  },
);

const port = (description: string): ConfigSchema => ({
  description,
  type: 'integer',
  minimum: 0,
  maximum: 65_535,
});

export const metricsSchema: ConfigSchema = record(
  'Prometheus metrics at `/metrics`, see [operations](operations.md). Counted only where they are served.',
  {
    port: port(
      'Port of its own for `/metrics`, `/healthz` and `/readyz`; 0 takes a free one. It asks for no token. With `--workers N` each worker has its own, up to this one + N - 1. Default: none.',
    ),
    host: text('Address that this port listens at.', '127.0.0.1'),
    public: {
      description: 'Serve `/metrics` at the port of the API too, to anybody who reaches it.',
      type: 'boolean',
      default: false,
    },
  },
);

export const tracesSchema: ConfigSchema = record(
  'W3C Trace Context: traces of clients are continued to the services, and logs name them.',
  {
    enabled: {
      description:
        'Read `traceparent` and `tracestate`, begin a trace where there is none, and send both on. Otherwise neither is read or sent.',
      type: 'boolean',
      default: true,
    },
    samplePercent: {
      description:
        'Share of the traces begun here that ask to be recorded (the flag `sampled`); one that is continued keeps what it says.',
      type: 'integer',
      minimum: 0,
      maximum: 100,
      default: 0,
    },
    responseHeader: {
      description: 'Tell clients the trace of their request in `traceparent`.',
      type: 'boolean',
      default: false,
    },
  },
);
