import { typeOf } from '../../builtin-types.ts';
import type { ComplexType } from '../../contract.ts';
import type { QNameKey } from '../../qname.ts';
import type { JsonValue, ValueFaultCode } from '../codec.ts';
import { typeName } from '../encoded/accessor-type.ts';
import { output } from './byte-output.ts';
import type { EncoderTable } from './encoder-table.ts';
import { report } from './fault-collector.ts';
import type { TypeForm } from './generate-type.ts';
import { ownMember } from './own-member.ts';
import type { TypeEncoder } from './type-encoder.ts';

const LISTED_TYPES = 20;

/** What one `@type` stands for. */
interface NamedType {
  /** ` xsi:type="..."` with the declarations it and the type need. */
  readonly attributes: Uint8Array;
  readonly slot: number;
}

/** Encodes by the type that `@type` names (XSD 1.0 Part 1, 2.6.1); without it, by the declared type. */
export function encodeDerived(table: EncoderTable, declared: ComplexType, form: TypeForm): TypeEncoder {
  const types = new Map(
    declared.substitutes.map((key): [string, QNameKey] => [typeOf(table.contract, key).name, key]),
  );
  const compiled = new Map<string, NamedType>();
  const allowed = listNames([...types.keys()]);
  return (value, depth, pointer, faults, at) => {
    const refuse = (code: ValueFaultCode, message: string): number => {
      report(faults, `${pointer}/@type`, code, message);
      return at;
    };
    const name = nameOf(value, declared);
    if (typeof name !== 'string') return refuse('type', 'must be a string');
    if (name === '') return refuse('abstract-type', `is required and must be one of ${allowed}`);
    const key = types.get(name);
    if (key === undefined) return refuse('unknown-type', `must be one of ${allowed}`);
    const { attributes, slot } = compiled.get(name) ?? namedType(table, declared, key, form);
    compiled.set(name, { attributes, slot });
    return table.functions[slot]!(value, depth, pointer, faults, output.copy(at, attributes));
  };
}

/** What is no object has no `@type`; the encoder of the declared type says what is wrong. '' where a name is missing. */
function nameOf(value: JsonValue, declared: ComplexType): JsonValue {
  const given = ownMember(value, '@type');
  if (given !== undefined) return given;
  return declared.abstract ? '' : declared.name;
}

function namedType(table: EncoderTable, declared: ComplexType, key: QNameKey, form: TypeForm): NamedType {
  const slot = table.slotOfType(key, form, true);
  if (key === declared.key && table.encoding === undefined) return { attributes: Buffer.alloc(0), slot };
  return { attributes: Buffer.from(typeAttribute(table, key, declared.key)), slot };
}

/** xsi:type with declarations of what the type uses beyond what an element of type `around` has declared already. */
export function typeAttribute(table: EncoderTable, key: QNameKey, around: QNameKey): string {
  const qname = typeName(table, typeOf(table.contract, key));
  if (!qname) throw new Error(`Internal: the anonymous type ${key} cannot be named by xsi:type`);
  const needed = new Set(table.prefixes.usedByType(key));
  if (qname.namespace !== '') needed.add(qname.namespace);
  const declared = table.prefixes.usedByType(around);
  const missing = [...needed].filter((uri) => !declared.has(uri));
  return ` xsi:type="${table.prefixes.tagName(qname)}"${table.prefixes.declarations(missing)}`;
}

function listNames(names: readonly string[]): string {
  const listed = names.slice(0, LISTED_TYPES).map((name) => `"${name}"`);
  return names.length > listed.length
    ? `${listed.join(', ')} and ${names.length - listed.length} more`
    : listed.join(', ');
}
