import type { Sampler } from './sampler.ts';

/** The default to use as the value; samples that cover all have it once, and other values after that. */
export function defaultValue(
  { coverage }: Sampler,
  declaration: { readonly default?: string },
): string | undefined {
  if (declaration.default === undefined || !coverage) return declaration.default;
  return coverage.next('given', declaration, 2, 1) === 0 ? declaration.default : undefined;
}
