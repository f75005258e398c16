import { keepsTypeName, typesInPlaceOf } from '../../open-simple-type.ts';
import type { ElementParticle, SimpleType } from '../../contract.ts';
import { escapeText } from '../../xml/escape.ts';
import type { JsonValue } from '../codec.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import { SimpleFault, type TypedText } from '../simple/simple-codec.ts';
import { output } from './byte-output.ts';
import { typeAttribute } from './derived-types.ts';
import type { EncoderTable } from './encoder-table.ts';
import { escapePointer, report, type FaultCollector } from './fault-collector.ts';
import { notEmpty } from './generate-text.ts';
import { LocalPrefixes } from './local-prefixes.ts';
import { ownMember } from './own-member.ts';
import type { TypeEncoder } from './type-encoder.ts';

const MEMBERS: readonly string[] = ['@type', 'value'];

/**
 * Rest of the start tag and text of an element of xs:anySimpleType or a union: of a plain value, or of
 * `{ "@type": "xs:int", "value": 5 }`. xsi:type is written where the value says it, and where it would be misread without.
 *
 * @param attributes of the start tag where the element does not say another type.
 */
export function encodeOpenElement(
  table: EncoderTable,
  element: ElementParticle,
  type: SimpleType,
  attributes: string,
): TypeEncoder {
  const toText = textOf(table, type);
  const check = checkOf(table, element);
  return (value, _, pointer, faults, at) => {
    const prefixes = new LocalPrefixes();
    const written = toText(value, pointer, faults, prefixes);
    if (written === undefined) return at;
    check(written.text, value, pointer, faults);
    const start = written.type === undefined ? attributes : typeAttribute(table, written.type, type.key);
    return output.text(at, `${start}${prefixes.declarations}>${escapeText(written.text)}`);
  };
}

/** @returns undefined where a fault was reported. */
type ToText = (
  value: JsonValue,
  pointer: string,
  faults: FaultCollector | undefined,
  prefixes: LocalPrefixes,
) => TypedText | undefined;

function textOf({ contract }: EncoderTable, type: SimpleType): ToText {
  const codec = compileSimpleType(contract, type.key);
  const isTyped = keepsTypeName(contract, type.key);
  const types = isTyped ? typesInPlaceOf(contract, type) : new Map<string, SimpleType>();
  return (value, pointer, faults, prefixes) => {
    if (!isTyped || ownMember(value, '@type') === undefined) return plain(value, pointer, faults, prefixes);
    const named = types.get(ownMember(value, '@type') as string);
    if (named !== undefined) return typed(named, value, pointer, faults, prefixes);
    const message = `must be the name of a type that may stand in place of "${type.name}", such as "xs:string"`;
    report(faults, `${pointer}/@type`, 'unknown-type', message);
    return undefined;
  };

  function plain(...[value, pointer, faults, { declare }]: Parameters<ToText>): TypedText | undefined {
    const written = codec.toTypedXml?.(value, declare) ?? asText(codec.toXml(value, declare));
    return orReport(written, pointer, faults);
  }

  function typed(
    named: SimpleType,
    ...[value, pointer, faults, prefixes]: Parameters<ToText>
  ): TypedText | undefined {
    for (const name of Object.keys(value as object))
      if (!MEMBERS.includes(name))
        report(
          faults,
          `${pointer}/${escapePointer(name)}`,
          'unknown-member',
          'is not known here, only "@type" and "value" are',
          MEMBERS,
        );
    const inner = ownMember(value, 'value');
    if (inner === undefined) {
      report(faults, `${pointer}/value`, 'required', 'is required');
      return undefined;
    }
    const text = compileSimpleType(contract, named.key).toXml(inner, prefixes.declare);
    const declared = typeof text === 'string' ? codec.fromXml(text, () => '') : text;
    const fault = declared instanceof SimpleFault ? declared : undefined;
    return orReport(fault ?? { text: text as string, type: named.key }, `${pointer}/value`, faults);
  }
}

function asText(text: string | SimpleFault): TypedText | SimpleFault {
  return typeof text === 'string' ? { text } : text;
}

function orReport(
  written: TypedText | SimpleFault,
  pointer: string,
  faults: FaultCollector | undefined,
): TypedText | undefined {
  if (!(written instanceof SimpleFault)) return written;
  const at = written.item === undefined ? pointer : `${pointer}/${written.item}`;
  report(faults, at, written.code, written.message);
  return undefined;
}

/** The element's own constraints (XSD 1.0 Part 1, 3.3.1). */
function checkOf(
  { contract }: EncoderTable,
  { type, fixed, default: absent }: ElementParticle,
): (text: string, value: JsonValue, pointer: string, faults: FaultCollector | undefined) => void {
  const { canonical, usesNamespaces } = compileSimpleType(contract, type);
  return (text, value, pointer, faults) => {
    const given = usesNamespaces && typeof value === 'string' ? value : text;
    if (fixed !== undefined && canonical(given) !== canonical(fixed))
      report(faults, pointer, 'fixed', `must be ${JSON.stringify(fixed)}`);
    if (absent !== undefined && absent !== '' && text === '')
      report(faults, pointer, 'lexical', notEmpty(absent));
  };
}
