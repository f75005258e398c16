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
  if (json !== undefined) return plain(JSON.stringify(maskJson(json, sensitive), undefined, 2));
  // Members are known by their place in JSON alone.
  if (sensitive.length > 0) return '[not shown: its operation has sensitive members; --raw shows all]';
  const text = textOfPayload(properties, body);
  return text === undefined
    ? '[not shown: it is not text of the encoding that it names; --raw shows all]'
    : plain(maskText(withoutDisguise(text)));
}

const ZERO = '\u0000';
/** Of an XML document, wherever it begins. */
const ENCODING = /^[^<]{0,4}<\?xml[^>]{0,200}\sencoding\s*=\s*["']([\w.:-]+)["']/;

/**
 * The payload in the encoding that it is read in: a number in another one is not found, and not masked. Undefined where that is
 * not to be known.
 */
function textOfPayload(
  properties: DeadLetter['delivery']['properties'],
  body: Uint8Array,
): string | undefined {
  const [first, second] = body;
  const mark =
    first === 0xfe && second === 0xff
      ? 'utf-16be'
      : first === 0xff && second === 0xfe
        ? 'utf-16le'
        : undefined;
  const named = /;\s*charset="?([^";\s]+)/i.exec(properties.contentType ?? '')?.[1];
  const declared = ENCODING.exec(Buffer.from(body.subarray(0, 300)).toString('latin1'))?.[1];
  try {
    const text = new TextDecoder(mark ?? named ?? declared ?? 'utf-8').decode(body);
    return text.includes(ZERO) ? undefined : text;
  } catch {
    return undefined;
  }
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

/** A number may hide in the way that XML spells it: comments, instructions, CDATA sections and references to characters go. */
function withoutDisguise(xml: string): string {
  return xml
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<\?(?!xml\s)[\s\S]*?\?>/gi, '')
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

/** On one line, without what a terminal would act on. */
function shown(text: string): string {
  return plain(maskText(text)).replace(/[\t\r\n]/g, ' ');
}

/** Without what a terminal would act on, or what would turn the order of the characters round. */
function plain(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000B-\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g,
    ' ',
  );
}
