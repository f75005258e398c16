/**
 * What is used of an AbortSignal, which is one. Of each request there is one and hardly any is ever aborted, so whoever makes
 * many may make cheaper ones.
 */
export interface CallerSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: AbortListener, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: AbortListener): void;
}

/** As DOM has it: a function, or something that has one. */
type AbortListener = (() => void) | { handleEvent(): void };
