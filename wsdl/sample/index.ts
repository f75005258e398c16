export { sampleElement, sampleMessage } from './sample-message.ts';
export { SampleError, type SampleOptions } from './sampler.ts';
export { sampleVariants, type SampleVariant, type VariantOptions } from './sample-variants.ts';
