import { XSI_NAMESPACE } from '../../qname.ts';
import type { Attributes } from '../../xml/attributes.ts';
import { shownName } from '../../xml/xml-error.ts';
import { allowsNamespace } from '../../namespace-constraint.ts';
import { checkAllowedAttribute } from './wildcard-content.ts';
import type { CompiledAttribute, CompiledComplexType } from './contract-types.ts';
import type { DecodeContext } from './decode-context.ts';
import { memberText } from './json-writer.ts';
import type { JsonWriter } from './json-writer.ts';

/** Writes the attributes of an element of a complex type as members: the declared ones, then those of its wildcard. */
export function decodeAttributes(
  type: CompiledComplexType,
  attributes: Attributes,
  writer: JsonWriter,
  context: DecodeContext,
): void {
  let required = 0;
  let others: [name: string, value: string][] | undefined;
  for (let i = 0; i < attributes.count; i++) {
    const name = attributes.names[i]!;
    if (name.namespace === XSI_NAMESPACE) continue;
    const declared = type.attributes.get(name.key);
    if (declared !== undefined) {
      decodeAttribute(declared, attributes.values[i]!, writer, context);
      if (declared.use.required) required += 1;
    } else if (context.isIgnored(name.namespace, name.local)) continue;
    else if (type.anyAttribute && allowsNamespace(type.anyAttribute.namespaces, name.namespace)) {
      checkAllowedAttribute(context, name, attributes.values[i]!, type.anyAttribute);
      (others ??= []).push([name.namespace === '' ? name.local : name.key, attributes.values[i]!]);
    } else context.fail('unexpected-attribute', `the attribute "${shownName(name.local)}" is not declared`);
  }
  if (required < type.required.length) failMissing(type, attributes, context);
  if (others !== undefined) writeOthers(type.anyAttribute!.jsonName, others, writer);
}

/** Whether `decodeAttributes` has something to write. */
export function hasMemberAttributes(
  type: CompiledComplexType,
  { count, names }: Attributes,
  context: DecodeContext,
): boolean {
  return names
    .slice(0, count)
    .some(
      ({ namespace, local, key }) =>
        namespace !== XSI_NAMESPACE && (type.attributes.has(key) || !context.isIgnored(namespace, local)),
    );
}

function decodeAttribute(
  { use, codec, member }: CompiledAttribute,
  value: string,
  writer: JsonWriter,
  context: DecodeContext,
): void {
  const about = `the attribute "${shownName(use.name.local)}"`;
  const json = context.translate(codec, value, `${about} `);
  if (use.fixed !== undefined && codec.canonical(value) !== codec.canonical(use.fixed)) {
    context.fail('invalid-value', `${about} must have its fixed value`);
  }
  writer.member(member);
  writer.value(json);
}

function failMissing(type: CompiledComplexType, attributes: Attributes, context: DecodeContext): never {
  const present = new Set(attributes.names.slice(0, attributes.count).map(({ key }) => key));
  const missing = type.required.find(({ key }) => !present.has(key))!;
  return context.fail(
    'missing-attribute',
    `the attribute "${shownName(missing.use.name.local)}" is required`,
  );
}

function writeOthers(jsonName: string, others: readonly [string, string][], writer: JsonWriter): void {
  writer.member(memberText(jsonName));
  writer.open('{');
  for (const [name, value] of others) {
    writer.member(memberText(name));
    writer.value(JSON.stringify(value));
  }
  writer.close('}');
}
