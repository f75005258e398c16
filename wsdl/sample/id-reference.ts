import { typeOf } from '../builtin-types.ts';
import type { QNameKey } from '../qname.ts';
import type { Sampler } from './sampler.ts';

/** Whether a value of the type would refer to an ID of which there is none yet (XSD 1.0 Part 1, 3.15.4). */
export function lacksId({ contract, ids }: Sampler, key: QNameKey): boolean {
  return ids === 0 && isReference(contract, key);
}

function isReference(contract: Sampler['contract'], key: QNameKey): boolean {
  const type = typeOf(contract, key);
  if (type.kind !== 'simple') return false;
  const { variety } = type;
  if (variety.kind === 'list') return isReference(contract, variety.itemType);
  return variety.kind === 'atomic' && variety.builtin === 'IDREF';
}

/** Whether values of the type must be unique within a message (xs:ID). */
export function isId(contract: Sampler['contract'], key: QNameKey): boolean {
  const type = typeOf(contract, key);
  return type.kind === 'simple' && type.variety.kind === 'atomic' && type.variety.builtin === 'ID';
}
