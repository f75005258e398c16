export * from './contract.ts';
export * from './qname.ts';
export * from './diagnostic.ts';
export * from './limits.ts';
export * from './codec/codec.ts';
export * from './mime/index.ts';
export { StreamedBinary } from './codec/attachments/streamed-binary.ts';
export { builtinType, isBuiltinType, typeOf, ANY_TYPE } from './builtin-types.ts';
export { keepsTypeName } from './open-simple-type.ts';
export {
  sampleElement,
  sampleMessage,
  sampleVariants,
  SampleError,
  type SampleOptions,
  type SampleVariant,
  type VariantOptions,
} from './sample/index.ts';
export { createRandom, type Random } from './sample/random.ts';
export { createMatcher, type Matcher } from './codec/simple/pattern-matcher.ts';
export {
  compileContract,
  loadContract,
  type CompiledContract,
  type CompileOptions,
} from './compile-contract.ts';
export type { SourceDocument } from './load/load-options.ts';
export { readCatalog } from './load/catalog-file.ts';
export { LoadError } from './load/load-error.ts';
export { readStoredContract, storeContract } from './load/stored-contract-file.ts';
export { survivesAsDouble } from './codec/simple/survives-as-double.ts';
export { translatePattern, type TranslatedPattern } from './codec/simple/pattern.ts';
export { closestName, didYouMean } from './suggestion.ts';
export { compileCodec } from './codec/compile-codec.ts';
export { peekMessage, wrapElement, type PeekedMessage } from './codec/peek-message.ts';
export { escapeText } from './xml/escape.ts';
export { SelectionError, type OperationSelector } from './codec/find-operation.ts';
export { resolveLocation } from './load/address.ts';
export { BUILTIN_SCHEMAS as builtinSchemas } from './link/builtin-schemas.ts';
