import type { Matcher } from '../../wsdl/index.ts';
import type { WireFault } from '../wire/wire-fault.ts';
import type { PlacedExpression } from './source/read-expression.ts';
import type { YamlNode } from './source/yaml-node.ts';
import type { Template } from './template/template.ts';

/** What a scenario file says. Nothing in it was compared with a contract yet. */
export interface ScenarioSet {
  readonly stores: ReadonlyMap<string, StoreDeclaration>;
  readonly machines: ReadonlyMap<string, MachineDeclaration>;
  readonly scenarios: readonly Scenario[];
}

export interface StoreDeclaration {
  readonly node: YamlNode;
  /** Records at the start, by key. */
  readonly records: ReadonlyMap<string, YamlNode>;
}

export interface MachineDeclaration {
  readonly node: YamlNode;
  readonly states: readonly string[];
  readonly initial: string;
}

/** What is answered to which calls. */
export interface Scenario {
  readonly name: string;
  readonly node: YamlNode;
  /** `Service.Operation`, `Operation`, or `*` for every one. */
  readonly operation: Written;
  readonly port?: Written;
  /** The higher comes first, whatever is more specific; default 0. */
  readonly priority: number;
  /** It answers so many calls, and then no more. */
  readonly times?: number;
  /** Values with a name, in their order: each sees those before it. */
  readonly lets: readonly { readonly name: string; readonly value: PlacedExpression }[];
  readonly when: readonly Condition[];
  readonly change: readonly Change[];
  /** One after the other; none: a handler or a sample answers. */
  readonly answers: readonly Answer[];
  /** After the last of several answers: that again, or the first. */
  readonly afterwards: 'last' | 'cycle';
  readonly delay?: Delay;
  readonly wire?: WireFault;
}

/** A name and where it was written. */
export interface Written {
  readonly text: string;
  readonly node: YamlNode;
}

/** One thing that must be so. */
export interface Condition {
  readonly node: YamlNode;
  readonly subject: Subject;
  /** All of them must hold. */
  readonly matchers: readonly ValueMatcher[];
}

export type Subject =
  | { readonly kind: 'path'; readonly text: string; readonly node: YamlNode }
  | { readonly kind: 'value'; readonly value: PlacedExpression }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'store'; readonly store: Written; readonly key: Template }
  | { readonly kind: 'machine'; readonly machine: Written }
  | { readonly kind: 'calls' };

/** `expected` may hold templates. */
export type ValueMatcher =
  | { readonly kind: 'compare'; readonly by: Comparison; readonly expected: Template }
  | { readonly kind: 'oneOf'; readonly expected: readonly Template[] }
  | { readonly kind: 'matches'; readonly pattern: string; readonly matcher: Matcher }
  | { readonly kind: 'exists'; readonly expected: boolean };

export const COMPARISONS = [
  'equals',
  'not',
  'contains',
  'startsWith',
  'endsWith',
  'equalsNumber',
  'lessThan',
  'atMost',
  'moreThan',
  'atLeast',
] as const;

export type Comparison = (typeof COMPARISONS)[number];

/** What a call changes. */
export type Change = {
  readonly node: YamlNode;
  /** Only then is it done. */
  readonly onlyIf?: PlacedExpression;
} & (
  | {
      readonly kind: 'create' | 'put' | 'update';
      readonly store: Written;
      readonly key: Template;
      readonly record: Template;
    }
  | { readonly kind: 'delete'; readonly store: Written; readonly key: Template }
  | { readonly kind: 'go'; readonly machine: Written; readonly to: Written }
);

export interface Answer {
  readonly node: YamlNode;
  readonly body?: AnswerBody;
  readonly delay?: Delay;
  readonly wire?: WireFault;
}

/** `xml`: an Envelope, or what stands in its Body. */
export type AnswerBody =
  | { readonly kind: 'output'; readonly output: Template }
  | { readonly kind: 'xml'; readonly xml: Template }
  | {
      readonly kind: 'fault';
      /** Of a declared fault. */
      readonly name?: Written;
      readonly reason: Template;
      readonly detail?: Template;
      readonly category: 'Sender' | 'Receiver';
    };

/** Milliseconds, drawn anew for each call. */
export type Delay =
  | { readonly kind: 'fixed'; readonly milliseconds: number }
  | { readonly kind: 'uniform'; readonly from: number; readonly to: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'logNormal'; readonly median: number; readonly sigma: number }
  /** So many percent of the calls take no longer; between two of them in proportion. */
  | {
      readonly kind: 'percentiles';
      readonly points: readonly (readonly [percent: number, milliseconds: number])[];
    };
