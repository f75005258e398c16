import type { Route } from '../../openapi/index.ts';
import { maskJson, maskText, type Json } from '../../masking/index.ts';
import type { DeadLetter } from './dead-letters.ts';
import { formOf } from './message-form.ts';
import { headerOf } from './message-headers.ts';

/** Headers that open something. */
const SECRET = /authorization|token|cookie|password|secret/i;
const MASK = '[masked]';

/** One line for a list: id, when it was given up, after how many attempts, what for, and why. */
export function lineOf({ id, delivery }: DeadLetter): string {
  const { death, properties } = delivery;
  return [
    shown(id),
    death?.time ?? '-',
    String(death?.attempts ?? '-'),
    shown(headerOf(properties.headers, 'operation') ?? properties.type ?? '-'),
    shown(death?.reason ?? 'no reason'),
  ].join('\t');
}

/**
 * A message as a person may read it: properties, headers and payload with numbers of cards and accounts, tokens and what the route
 * calls sensitive masked. @param isRaw the payload as it is
 */
export function describeLetter(
  { id, delivery }: DeadLetter,
  routes: ReadonlyMap<string, Route>,
  isRaw: boolean,
): string {
  const { properties, death } = delivery;
  const { headers = {}, ...others } = properties;
  const known = { id, ...death, ...others };
  const lines = [
    ...Object.entries(known).map(([name, value]) => `${name}: ${shown(String(value))}`),
    ...Object.entries(headers).map(
      ([name, value]) => `header ${shown(name)}: ${SECRET.test(name) ? MASK : shown(textOf(value))}`,
    ),
  ];
  return `${lines.join('\n')}\n\n${isRaw ? Buffer.from(delivery.body).toString() : shownPayload(delivery, routes)}\n`;
}

function shownPayload(
  { properties, body }: DeadLetter['delivery'],
  routes: ReadonlyMap<string, Route>,
): string {
  const named = headerOf(properties.headers, 'operation') ?? properties.type ?? '';
  const [only, ...others] = routes.values();
  const route = routes.get(named) ?? (others.length === 0 ? only : undefined);
  const candidates = route === undefined ? [...routes.values()] : [route];
  const sensitive = candidates.flatMap((one) => one.sensitive ?? []);
  const json = jsonOf(properties, body);
  if (json !== undefined) return JSON.stringify(maskJson(json, sensitive), undefined, 2);
  // Members are known by their place in JSON alone.
  if (sensitive.length > 0) return '[not shown: its operation has sensitive members; --raw shows all]';
  return maskText(withoutDisguise(Buffer.from(body).toString()));
}

/** Undefined for what is no JSON. */
function jsonOf(properties: DeadLetter['delivery']['properties'], body: Uint8Array): Json | undefined {
  try {
    return formOf({ properties, body }).kind === 'json'
      ? (JSON.parse(Buffer.from(body).toString()) as Json)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A number may hide in the way that XML spells it: comments, CDATA sections and references to characters go. */
function withoutDisguise(xml: string): string {
  return xml
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
    .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (reference, hex: string | undefined, decimal: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const isPlain = code >= 0x20 && code < 0x7f && code !== 0x3c && code !== 0x26;
      return isPlain ? String.fromCharCode(code) : reference;
    });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** Without what a terminal would act on. */
function shown(text: string): string {
  return maskText(text).replace(/[\u0000-\u001F\u007F-\u009F]/g, ' ');
}
