import { ANY_TYPE, builtinTypes, typeOf } from '../../builtin-types.ts';
import type { Contract, TypeDefinition } from '../../contract.ts';
import { XSD_NAMESPACE, qnameKey, type QNameKey } from '../../qname.ts';
import { escapeText } from '../../xml/escape.ts';
import type { JsonValue } from '../codec.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import { output } from './byte-output.ts';
import { typeAttribute } from './derived-types.ts';
import { ownMember } from './own-member.ts';
import type { EncoderTable } from './encoder-table.ts';
import { escapePointer, report, type FaultCollector } from './fault-collector.ts';
import type { TypeForm } from './generate-type.ts';
import { LocalPrefixes } from './local-prefixes.ts';
import type { TypeEncoder } from './type-encoder.ts';

/**
 * xs:anyType: a string is text; `{ "@type": "xs:int", "value": 5 }` a simple value; `{ "@type": "Account", ... }` a value of
 * that type of the contract; `{ "@mixed": "..." }` raw XML.
 */
export function encodeAnyType(table: EncoderTable, form: TypeForm): TypeEncoder {
  const raw = table.slotOfType(ANY_TYPE, form, true);
  return (value, depth, pointer, faults, at) => {
    if (typeof value === 'string') return output.text(at, encodeText(table, value, pointer, faults));
    if (value !== null && (typeof value !== 'object' || Array.isArray(value))) {
      report(
        faults,
        pointer,
        'type',
        'must be a string, or an object such as {"@type": "xs:int", "value": 5}',
      );
      return at;
    }
    const name = ownMember(value, '@type');
    if (name === undefined || name === 'xs:anyType')
      return table.functions[raw]!(value, depth, pointer, faults, at);
    const type = typeof name === 'string' ? namedTypes(table.contract).get(name) : undefined;
    if (!type) {
      report(
        faults,
        `${pointer}/@type`,
        'unknown-type',
        'must be the name of a type of the contract, or of a built-in type such as "xs:int"',
      );
      return at;
    }
    const start = output.text(at, typeAttribute(table, type.key, ANY_TYPE));
    if (form === 'full' && (type.kind === 'simple' || type.unwrapped)) {
      return encodeValue(
        table,
        type,
        value as { [member: string]: JsonValue },
        depth,
        pointer,
        faults,
        start,
      );
    }
    const key: QNameKey = type.kind === 'simple' ? ANY_TYPE : type.key;
    return table.functions[table.slotOfType(key, form, true)]!(value, depth, pointer, faults, start);
  };
}

function encodeText(
  table: EncoderTable,
  value: string,
  pointer: string,
  faults: FaultCollector | undefined,
): string {
  const text = compileSimpleType(table.contract, STRING).toXml(value, () => '');
  return typeof text === 'string' ? `>${escapeText(text)}` : report(faults, pointer, text.code, text.message);
}

/** `{ "@type": ..., "value": ... }` for types whose JSON is no object. */
function encodeValue(
  table: EncoderTable,
  type: TypeDefinition,
  object: { readonly [member: string]: JsonValue },
  depth: number,
  pointer: string,
  faults: FaultCollector | undefined,
  at: number,
): number {
  for (const name of Object.keys(object)) {
    if (name === '@type' || name === 'value') continue;
    report(
      faults,
      `${pointer}/${escapePointer(name)}`,
      'unknown-member',
      'is not known here, only "@type" and "value" are',
    );
  }
  const value = ownMember(object, 'value');
  if (value === undefined) {
    report(faults, `${pointer}/value`, 'required', 'is required');
    return at;
  }
  if (type.kind === 'complex') {
    const encode = table.functions[table.slotOfType(type.key, 'full', false)]!;
    return encode(value, depth + 1, `${pointer}/value`, faults, at);
  }
  return output.text(at, encodeSimple(table, type, value, pointer, faults));
}

function encodeSimple(
  table: EncoderTable,
  type: TypeDefinition,
  value: JsonValue,
  pointer: string,
  faults: FaultCollector | undefined,
): string {
  const prefixes = new LocalPrefixes();
  const text = compileSimpleType(table.contract, type.key).toXml(value, prefixes.declare);
  if (typeof text !== 'string') return report(faults, `${pointer}/value`, text.code, text.message);
  return `${prefixes.declarations}>${escapeText(text)}`;
}

const STRING: QNameKey = qnameKey(XSD_NAMESPACE, 'string');

const named = new WeakMap<Contract, ReadonlyMap<string, TypeDefinition>>();

/** Types that xsi:type may name where anything is allowed, by what `@type` calls them. */
function namedTypes(contract: Contract): ReadonlyMap<string, TypeDefinition> {
  const known = named.get(contract);
  if (known) return known;
  const own = Object.keys(contract.types).map((key) => typeOf(contract, key));
  const usable = [...builtinTypes(), ...own].filter(
    (type) => type.qname && !(type.kind === 'complex' && type.abstract),
  );
  const types = new Map(usable.map((type) => [type.name, type]));
  named.set(contract, types);
  return types;
}
