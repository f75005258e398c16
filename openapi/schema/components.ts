import {
  ANY_TYPE,
  isBuiltinType,
  typeOf,
  type ComplexType,
  type Contract,
  type QNameKey,
} from '../../wsdl/index.ts';
import { toAnyTypeNilSchema, toAnyTypeSchema } from './any-type.ts';
import type { ComponentNames } from './component-names.ts';
import { toComplexSchema, toReducedSchema } from './complex-type.ts';
import type { SchemaObject } from './json-schema.ts';
import type { ObjectShape } from './object-shape.ts';
import type { ComponentRole, Omissions, SchemaScope } from './scope.ts';
import { toSimpleSchema } from './simple-type.ts';

/** The schemas of one service; those that are referred to go to `schemas` by `finish`. */
export class Components implements SchemaScope {
  readonly contract: Contract;
  direction: SchemaScope['direction'] = 'input';
  readonly #names: ComponentNames;
  readonly #schemas: Map<string, SchemaObject>;
  /** Types wait in a queue rather than nest, so that no chain of types is too deep for the stack. */
  readonly #waiting: { name: string; key: QNameKey; role: ComponentRole }[] = [];

  constructor(contract: Contract, names: ComponentNames, schemas: Map<string, SchemaObject>) {
    this.contract = contract;
    this.#names = names;
    this.#schemas = schemas;
  }

  valueOf(key: QNameKey): SchemaObject {
    if (key === ANY_TYPE) return this.refTo(key, 'declared');
    const type = typeOf(this.contract, key);
    const hasComponent = type.kind === 'complex' || (type.qname !== undefined && !isBuiltinType(key));
    return hasComponent ? this.refTo(key, 'declared') : toSimpleSchema(this, type);
  }

  refTo(key: QNameKey, role: ComponentRole): SchemaObject {
    const name = this.#names.nameOf(key, role);
    if (!this.#schemas.has(name)) {
      this.#schemas.set(name, {});
      this.#waiting.push({ name, key, role });
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  objectWithout(key: QNameKey, omissions: Omissions, extra: readonly ObjectShape[] = []): SchemaObject {
    return toReducedSchema(this, typeOf(this.contract, key) as ComplexType, omissions, extra);
  }

  /** Makes the schemas asked for so far, and those that they ask for. */
  finish(): void {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.#schemas.set(next.name, this.#toSchema(next.key, next.role));
    }
  }

  #toSchema(key: QNameKey, role: ComponentRole): SchemaObject {
    if (key === ANY_TYPE) return role === 'nil' ? toAnyTypeNilSchema() : toAnyTypeSchema();
    const type = typeOf(this.contract, key);
    if (type.kind === 'complex') return toComplexSchema(this, type, role);
    const note = type.documentation === undefined ? {} : { description: type.documentation };
    return { ...note, ...toSimpleSchema(this, type) };
  }
}
