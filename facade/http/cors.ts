import type { IncomingMessage } from 'node:http';
import type { CorsConfig } from '../config/answers-config.ts';

/** What browsers ask before they let scripts of other sites read answers (Fetch Standard, 3.3). */
export interface Cors {
  /** Header fields of an answer to a script from `origin`: name, value, name, value. Empty where that is not allowed. One array for each. */
  headOf(origin: string | undefined): readonly string[];
  /** Further ones of the answer to the question whether a request may be sent. */
  preflightHead(
    request: IncomingMessage,
    methods: readonly string[],
    headers: readonly string[],
  ): readonly string[];
}

/** What clients of any operation may send, besides the parameters of their route. */
const REQUEST_HEADERS = [
  'Authorization',
  'Cache-Control',
  'Content-Type',
  'DPoP',
  'Idempotency-Key',
  'If-None-Match',
  'Prefer',
  'traceparent',
  'X-Request-Id',
];

export function createCors(config: CorsConfig): Cors {
  const isAny = config.origins.includes('*');
  const heads = new Map(config.origins.map((origin) => [origin, answerHead(origin, config)]));
  const none: readonly string[] = [];
  const headOf = (origin: string | undefined): readonly string[] =>
    origin === undefined ? none : (heads.get(isAny ? '*' : origin) ?? none);
  return {
    headOf,
    preflightHead({ headers: asked }, methods, headers) {
      if (headOf(asked.origin).length === 0 || asked['access-control-request-method'] === undefined)
        return none;
      return [
        'Access-Control-Allow-Methods',
        methods.join(', '),
        'Access-Control-Allow-Headers',
        [...REQUEST_HEADERS, ...headers].join(', '),
        'Access-Control-Max-Age',
        String(config.maxAgeSeconds),
      ];
    },
  };
}

function answerHead(origin: string, { credentials, exposedHeaders }: CorsConfig): readonly string[] {
  return [
    'Access-Control-Allow-Origin',
    origin,
    ...(credentials ? ['Access-Control-Allow-Credentials', 'true'] : []),
    ...(exposedHeaders.length > 0 ? ['Access-Control-Expose-Headers', exposedHeaders.join(', ')] : []),
  ];
}
