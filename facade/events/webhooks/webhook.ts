import { Agent, request } from 'undici';
import { CLOUD_EVENT_CONTENT_TYPE } from '../../../connectors/index.ts';
import type { WebhookConfig } from '../../config/events-config.ts';
import type { Delivered, Delivery } from '../../commands/inbox-store.ts';
import { AddressError, createAddressGuard, type ResolveAll } from './guarded-lookup.ts';
import { signatureHead } from './signature.ts';

/** Where deliveries of one name go. */
export interface Webhook {
  readonly name: string;
  readonly concurrent: number;
  /** One attempt. Never throws. */
  send(delivery: Delivery, signal: AbortSignal): Promise<Delivered>;
  close(): Promise<void>;
}

export interface WebhookOptions {
  readonly name: string;
  readonly config: WebhookConfig;
  readonly keys: readonly Uint8Array[];
  /** For tests: random numbers from 0 to 1, and how names are resolved. */
  readonly random?: () => number;
  readonly resolveAll?: ResolveAll;
}

const FIRST_SUCCESS = 200;
const FIRST_REDIRECT = 300;
const GONE = 410;
/** Of an answer, which nobody reads. */
const MOST_ANSWER_BYTES = 16 * 1024;
const MOST_SPREAD = 0.1;
const LONGEST_RETRY_AFTER_SECONDS = 86_400;

export function createWebhook(options: WebhookOptions): Webhook {
  const { name, config } = options;
  const url = new URL(config.url);
  const timeout = config.timeoutSeconds * 1000;
  const guard = createAddressGuard({
    protocol: url.protocol,
    allowedNetworks: config.allowedNetworks,
    ...(options.resolveAll && { resolveAll: options.resolveAll }),
  });
  const dispatcher = new Agent({
    connections: config.concurrent,
    connect: { lookup: guard.lookup, timeout },
    headersTimeout: timeout,
    bodyTimeout: timeout,
    maxHeaderSize: MOST_ANSWER_BYTES,
  });
  const post = async ({ uid, body }: Delivery, signal: AbortSignal): Promise<Reply> => {
    guard.assertHost(url);
    const seconds = Math.floor(Date.now() / 1000);
    const {
      statusCode,
      headers,
      body: answer,
    } = await request(url, {
      method: 'POST',
      dispatcher,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      headers: {
        'Content-Type': CLOUD_EVENT_CONTENT_TYPE,
        'User-Agent': 'portico',
        ...signatureHead(uid, seconds, body, options.keys),
      },
      body,
    });
    await answer.dump({ limit: MOST_ANSWER_BYTES }).catch(() => undefined);
    return { status: statusCode, retryAfter: headers['retry-after'] };
  };
  return {
    name,
    concurrent: config.concurrent,
    async send(delivery, signal) {
      try {
        return outcomeOf(await post(delivery, signal), delivery, options);
      } catch (error) {
        if (signal.aborted) return { kind: 'released' };
        return failed(reasonOf(error), delivery, options);
      }
    },
    close: () => dispatcher.destroy(),
  };
}

interface Reply {
  readonly status: number;
  readonly retryAfter: string | string[] | undefined;
}

/** Standard Webhooks, Deliverability: 2xx is success, a redirect is none, 410 is a wish to hear no more. */
function outcomeOf({ status, retryAfter }: Reply, delivery: Delivery, options: WebhookOptions): Delivered {
  if (status >= FIRST_SUCCESS && status < FIRST_REDIRECT) return { kind: 'delivered' };
  if (status === GONE) return { kind: 'dead', reason: 'status 410: it wants no more' };
  const seconds = /^\d{1,6}$/.test(String(retryAfter)) ? Number(retryAfter) : 0;
  return failed(`status ${status}`, delivery, options, Math.min(seconds, LONGEST_RETRY_AFTER_SECONDS));
}

function failed(
  reason: string,
  { attempts }: Delivery,
  { config, random = Math.random }: WebhookOptions,
  leastSeconds = 0,
): Delivered {
  const waitSeconds = config.retrySeconds[attempts];
  if (waitSeconds === undefined) return { kind: 'dead', reason };
  const spread = 1 + random() * MOST_SPREAD;
  const delayMs = Math.round(Math.max(waitSeconds * spread, leastSeconds) * 1000);
  return { kind: 'again', delayMs, reason };
}

/** Never the URL, whose query may hold a secret, nor what was answered. */
function reasonOf(error: unknown): string {
  if (error instanceof AddressError) return error.message;
  if ((error as Error).name === 'TimeoutError') return 'no answer in time';
  const { code, cause } = error as NodeJS.ErrnoException;
  if (cause instanceof AddressError) return cause.message;
  return code ?? 'it could not be called';
}
