export * from './contract.ts';
export * from './qname.ts';
export * from './diagnostic.ts';
export * from './limits.ts';
export * from './codec/codec.ts';
export { builtinType, isBuiltinType, typeOf, ANY_TYPE } from './builtin-types.ts';
