export { sampleElement, sampleMessage } from './sample-message.ts';
export { SampleError, type SampleOptions } from './sampler.ts';
