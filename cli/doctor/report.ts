import type { Direction } from '../../judge/index.ts';
import type { SoapVersion } from '../../wsdl/index.ts';

/** What `portico doctor --json` prints (docs/doctor.md). Members are added, never renamed or removed. */
export interface DoctorReport {
  readonly wsdl: string;
  /** Name of the contract; missing if it does not compile. */
  readonly name?: string;
  readonly passed: boolean;
  /** Problems of the documents, one line each. */
  readonly diagnostics: readonly string[];
  /** Why libxml2 refuses the contract's own schemas; then no message is validated, and all other checks count. */
  readonly refusal?: string;
  readonly operations: readonly OperationReport[];
  readonly summary: Summary;
}

export interface Summary {
  readonly operations: number;
  readonly passed: number;
  readonly messages: number;
  /** Messages whose XML libxml2 found valid. */
  readonly validated: number;
}

export interface OperationReport {
  readonly service: string;
  readonly port: string;
  /** Unique at its port: the WSDL name, with a number from the second overload on. */
  readonly operation: string;
  readonly soapVersion: SoapVersion;
  readonly passed: boolean;
  readonly messages: number;
  readonly validated: number;
  /** The first failure. */
  readonly failure?: Failure;
}

/** In the order in which they run. */
export const checkNames = [
  'sample',
  'encode',
  'structure',
  'schema',
  'decode',
  'round-trip',
  're-encode',
  'decoders',
  'chunks',
  'attachments',
  'openapi',
] as const;

export type CheckName = (typeof checkNames)[number];

export interface Failure {
  readonly check: CheckName;
  readonly direction: Direction;
  /** Name of the declared fault. */
  readonly fault?: string;
  /** Of the sample, e.g. `cover-3`: with the seed it can be made again. */
  readonly variant: string;
  readonly seed: number;
  readonly cause: string;
}
