/** An event of a row, published after success. */
export interface PublishMapping {
  /** Its type, and routing key. */
  readonly event: string;
  /** Its data: the output as JSON, or as the XML of the contract. Default `json`. */
  readonly format?: 'json' | 'xml';
  /** Events with the same value are published in their order: `input.<member>`, `output.<member>`, `token.<claim>`. Default: path parameters. */
  readonly key?: string;
  /** CloudEvents `subject`, written as `key`. */
  readonly subject?: string;
  /** Further attributes of the event, each written as `key`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The same, resolved. */
export interface RoutePublish {
  readonly event: string;
  readonly format: 'json' | 'xml';
  /** Empty: each event is on its own. */
  readonly key: readonly EventValue[];
  /** Told to subscribers: only a key that the mapping names. */
  readonly tellsKey: boolean;
  readonly subject?: EventValue;
  readonly attributes: Readonly<Record<string, EventValue>>;
}

/** Where a value of an event comes from. */
export type EventValue =
  | { readonly from: 'input' | 'output'; readonly path: readonly string[] }
  | { readonly from: 'token'; readonly claim: string };
