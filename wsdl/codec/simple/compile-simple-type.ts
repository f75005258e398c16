import { typeOf } from '../../builtin-types.ts';
import type { Contract, SimpleType } from '../../contract.ts';
import { unionMembers } from '../../open-simple-type.ts';
import type { QNameKey } from '../../qname.ts';
import { atomicCodec } from './atomic-codec.ts';
import { listCodec } from './list-codec.ts';
import { qnameCodec } from './qname-codec.ts';
import type { SimpleCodec } from './simple-codec.ts';
import { swaRefCodec } from './swa-ref-codec.ts';
import { unionCodec, type UnionMember } from './union-codec.ts';

const compiled = new WeakMap<Contract, Map<QNameKey, SimpleCodec>>();

/** The codec of a simple type of `contract`, compiled once. @throws Error if `key` is no simple type of it. */
export function compileSimpleType(contract: Contract, key: QNameKey): SimpleCodec {
  const codecs = codecsOf(contract);
  const known = codecs.get(key);
  if (known) return known;
  const type = typeOf(contract, key);
  if (type.kind !== 'simple')
    throw new Error(`Internal: ${key} of the contract "${contract.name}" is no simple type`);
  const codec = compile(contract, type);
  codecs.set(key, codec);
  return codec;
}

function codecsOf(contract: Contract): Map<QNameKey, SimpleCodec> {
  const known = compiled.get(contract);
  if (known) return known;
  const codecs = new Map<QNameKey, SimpleCodec>();
  compiled.set(contract, codecs);
  return codecs;
}

function compile(contract: Contract, { variety, facets, ...type }: SimpleType): SimpleCodec {
  switch (variety.kind) {
    case 'atomic':
      if (type.swaRef) return swaRefCodec;
      if (variety.builtin === 'QName' || variety.builtin === 'NOTATION') return qnameCodec(facets);
      return atomicCodec({ ...type, variety, facets }, variety.builtin, contract.numbers);
    case 'list':
      return listCodec(facets, compileSimpleType(contract, variety.itemType));
    case 'union':
      return unionCodec(
        facets,
        unionMembers(contract, { ...type, variety, facets }).map((member) => unionMember(contract, member)),
      );
  }
}

function unionMember(contract: Contract, key: QNameKey): UnionMember {
  const codec = compileSimpleType(contract, key);
  return typeOf(contract, key).qname === undefined ? { codec } : { codec, type: key };
}
