/** How a mapping row says that its operation answers page by page. Members are dotted paths. */
export interface PagingMapping {
  /** Member of the input that takes the service's token for a page, bound to a query parameter, which takes cursors. */
  readonly cursor?: string;
  /** Member of the output with the token for the next page; missing on the last one. */
  readonly next?: string;
  /** Member of the input that takes the number of entries to skip, in place of `cursor`; bound to a query parameter. */
  readonly offset?: string;
  /** Member of the input with the number of entries of a page; bound to a query parameter. */
  readonly limit?: string;
  /** With `offset`: entries of a page where the client does not say. */
  readonly defaultLimit?: number;
  /** With `offset`: list in the output. */
  readonly entries?: string;
}

/** The same resolved against the contract; plain data. */
export type RoutePaging = {
  /** Query parameter that takes cursors. */
  readonly parameter: string;
  /** Its member of the input. */
  readonly member: readonly string[];
} & (
  | { readonly kind: 'token'; readonly next: readonly string[]; readonly limit?: readonly string[] }
  | {
      readonly kind: 'offset';
      readonly limit: readonly string[];
      readonly defaultLimit: number;
      readonly entries: readonly string[];
    }
);
