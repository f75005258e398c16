import type { Contract, QNameKey } from '../../wsdl/index.ts';
import type { SchemaObject } from './json-schema.ts';
import type { ObjectShape } from './object-shape.ts';

/**
 * What a component stands for. `declared`: whatever an element of the type may hold. For types that xsi:type can
 * replace, that is a union of `plain`, the type itself without `@type`, and of `variant`s, which have it. `nil`: a nil
 * element that says more than `null`, by attributes or by `@type`.
 */
export type ComponentRole = 'declared' | 'plain' | 'variant' | 'nil';

/** Members that come from elsewhere than the body: `true` for one that is gone, a tree for an object that has lost some. */
export type Omissions = ReadonlyMap<string, true | Omissions>;

export const NO_OMISSIONS: Omissions = new Map();

/** What the functions that make schemas share; breaks the circle between types and the types within them. */
export interface SchemaScope {
  readonly contract: Contract;
  /** Arrays that are always written are required of outputs, and may be left out of inputs. */
  readonly direction: 'input' | 'output';
  /** One value of a type: a reference to its component, or the schema itself where it has none. */
  valueOf(type: QNameKey): SchemaObject;
  /** Reference to a component, which is made when it is first asked for. */
  refTo(type: QNameKey, role: ComponentRole): SchemaObject;
  /** An object type in place, without some of its members and with some more. */
  objectWithout(type: QNameKey, omissions: Omissions, extra?: readonly ObjectShape[]): SchemaObject;
}
