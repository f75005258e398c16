import type { JsonValue } from '../codec.ts';
import { SimpleFault, type ResolvePrefix, type SimpleCodec } from '../simple/simple-codec.ts';
import type { CompiledSimpleType } from './contract-types.ts';
import type { DecodeContext } from './decode-context.ts';

/**
 * JSON text of a text whose xsi:type names a narrower type than the declared one: it must be of both (XSD 1.0 Part 1, 3.3.4).
 * What it means is the same by both, but for a union: there the type named decides, and stands beside the value if a
 * plain one would be written as something else.
 */
export function readNarrower(
  context: DecodeContext,
  declared: SimpleCodec,
  narrower: CompiledSimpleType,
  text: string,
): string {
  const json = context.translate(declared, text);
  const own = context.translate(narrower.codec, text);
  if (declared.toTypedXml === undefined) return json;
  if (isWrittenBack(declared, narrower.codec, own)) return own;
  return `{"@type":${JSON.stringify(narrower.definition.name)},"value":${own}}`;
}

/** Whether the plain value is written as a text that means the same to the type that was named. */
function isWrittenBack({ toTypedXml }: SimpleCodec, named: SimpleCodec, json: string): boolean {
  const namespaces = new Map([['', '']]);
  const resolve: ResolvePrefix = (prefix) => namespaces.get(prefix);
  const written = toTypedXml!(JSON.parse(json) as JsonValue, (namespace) => {
    const prefix = `q${namespaces.size}`;
    namespaces.set(prefix, namespace);
    return prefix;
  });
  if (written instanceof SimpleFault) return true;
  const back = named.fromXml(written.text, resolve);
  return typeof back === 'string' && normal(back) === normal(json);
}

/** Numbers have many spellings. */
function normal(json: string): string {
  return JSON.stringify(JSON.parse(json));
}
