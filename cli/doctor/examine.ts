import { createXmlJudge, MessageSchemas, subjectsOf, type Subject } from '../../judge/index.ts';
import {
  compileCodec,
  compileContract,
  formatDiagnostic,
  sampleVariants,
  type Binding,
  type CompileOptions,
  type Contract,
  type Operation,
  type OperationCodec,
  type OperationSelector,
  type SampleVariant,
  type SourceDocument,
} from '../../wsdl/index.ts';
import { checkMessage, type Bench, type CheckedMessage } from './check-message.ts';
import { Doubts } from './doubts.ts';
import { createJsonJudge, type JsonJudge } from './json-judge.ts';
import type { DoctorReport, Failure, OperationReport } from './report.ts';
import { translatorOf } from './translator.ts';

export interface DoctorOptions {
  /** Which documents may be loaded, and how. */
  readonly compile?: CompileOptions;
  /** Only operations with this name or id. */
  readonly operation?: string;
  /** Of the samples. Default 1. */
  readonly seed?: number;
  /** Few samples a message. */
  readonly isQuick?: boolean;
  /** Takes every message made, valid or not, save those that break an identity constraint (xs:key and its kin). */
  readonly onMessage?: (message: MadeMessage) => void;
  /** In place of our own codec and of ajv: a test shows with them that each check can fail. */
  readonly jsonJudgeOf?: (contract: Contract) => JsonJudge;
  readonly codecOf?: (contract: Contract, selector: OperationSelector) => OperationCodec;
}

/** A message as it went out, and where it belongs. */
export interface MadeMessage {
  readonly place: OperationPlace;
  readonly subject: Subject;
  readonly variant: SampleVariant;
  readonly xml: Uint8Array;
  /** Why another engine need not agree on whether it is valid. See `Doubts`. */
  readonly doubt?: string;
}

/** An operation at a port. */
export interface OperationPlace {
  readonly service: string;
  readonly port: string;
  readonly binding: Binding;
  readonly operation: Operation;
}

/** Samples a message: what shows something new each time, and what shows no more than chance. */
const BOUNDS = { thorough: { mostCovering: 24, random: 2 }, quick: { mostCovering: 2, random: 0 } } as const;

/** Checks every operation of a contract. Never throws for a contract: what is wrong with it is in the report. */
export async function examine(wsdl: string, options: DoctorOptions = {}): Promise<DoctorReport> {
  try {
    const { contract, documents, diagnostics } = await compileContract(wsdl, options.compile);
    const lines = diagnostics.map(formatDiagnostic);
    if (!contract) return { ...nothing(wsdl), diagnostics: lines };
    const doubts = new Doubts(contract, documents, diagnostics);
    return { ...examineContract(wsdl, contract, documents, doubts, options), diagnostics: lines };
  } catch (error) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...nothing(wsdl), diagnostics: [`a defect of Portico, please report it: ${cause}`] };
  }
}

function nothing(wsdl: string): Omit<DoctorReport, 'diagnostics'> {
  return {
    wsdl,
    passed: false,
    operations: [],
    summary: { operations: 0, passed: 0, messages: 0, validated: 0 },
  };
}

function examineContract(
  wsdl: string,
  contract: Contract,
  documents: readonly SourceDocument[],
  doubts: Doubts,
  options: DoctorOptions,
): Omit<DoctorReport, 'diagnostics'> {
  const schemas = new MessageSchemas(contract);
  const places = placesOf(contract, options).map((place) => ({
    place,
    subjects: subjectsOf(place.binding, place.operation, schemas),
  }));
  const xml = createXmlJudge(documents, schemas.documents());
  try {
    const judges = { xml, doubts, json: (options.jsonJudgeOf ?? createJsonJudge)(contract) };
    const operations = places.map(({ place, subjects }) =>
      examineOperation(contract, place, subjects, judges, options),
    );
    return toReport(wsdl, contract, operations, xml.refusal);
  } finally {
    xml.close();
  }
}

function placesOf(contract: Contract, { operation: wanted }: DoctorOptions): OperationPlace[] {
  return contract.services.flatMap(({ name: service, ports }) =>
    ports.flatMap(({ name: port, binding: key }) => {
      const binding = contract.bindings[key];
      return (binding?.operations ?? [])
        .filter(({ id, name }) => wanted === undefined || wanted === id || wanted === name)
        .map((operation) => ({ service, port, binding: binding!, operation }));
    }),
  );
}

type Judges = Omit<Bench, 'translator'> & { readonly doubts: Doubts };

/** After so many failed messages of one operation the rest tells nothing new. */
const MOST_FAILURES = 3;

function examineOperation(
  contract: Contract,
  place: OperationPlace,
  subjects: readonly Subject[],
  judges: Judges,
  options: DoctorOptions,
): OperationReport {
  const { service, port, binding, operation } = place;
  const { codecOf = compileCodec } = options;
  const codec = codecOf(contract, { operation: operation.id, port, service });
  const failures: Failure[] = [];
  let messages = 0;
  let validated = 0;
  for (const subject of subjects) {
    const doubt = judges.doubts.of(subject, judges.xml.refusal);
    for (const { checked, variant } of checkedVariants(
      contract,
      subject,
      { ...judges, translator: translatorOf(subject, codec) },
      options,
    )) {
      if (checked.xml && !checked.isBeyondUs)
        options.onMessage?.({
          place,
          subject,
          variant,
          xml: checked.xml,
          ...(doubt !== undefined && { doubt }),
        });
      messages++;
      if (checked.isValidated) validated++;
      if (checked.failure) failures.push(toFailure(subject, variant, checked.failure));
      if (failures.length >= MOST_FAILURES) break;
    }
  }
  const [failure] = failures;
  return {
    service,
    port,
    operation: operation.id,
    soapVersion: binding.soapVersion,
    passed: !failure,
    messages,
    validated,
    ...(failure && { failure }),
  };
}

interface CheckedVariant {
  readonly variant: Pick<SampleVariant, 'name' | 'seed'> & SampleVariant;
  readonly checked: CheckedMessage;
}

/** A sample that cannot be made is a failed message too. */
function* checkedVariants(
  contract: Contract,
  subject: Subject,
  bench: Bench,
  { seed = 1, isQuick = false }: DoctorOptions,
): Generator<CheckedVariant> {
  const bounds = isQuick ? BOUNDS.quick : BOUNDS.thorough;
  let last = 'none';
  try {
    for (const variant of sampleVariants(contract, subject.sampled, { seed, ...bounds })) {
      last = variant.name;
      yield { variant, checked: checkMessage(subject, variant.value, bench) };
    }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const variant = { name: `after ${last}`, seed, value: null };
    yield {
      variant,
      checked: { isValidated: false, isBeyondUs: false, failure: { check: 'sample', cause } },
    };
  }
}

function toFailure(
  subject: Subject,
  { name, seed }: SampleVariant,
  failure: Pick<Failure, 'check' | 'cause'>,
): Failure {
  const { direction, fault } = subject;
  return { ...failure, direction, ...(fault && { fault: fault.name }), variant: name, seed };
}

function toReport(
  wsdl: string,
  contract: Contract,
  operations: readonly OperationReport[],
  refusal: string | undefined,
): Omit<DoctorReport, 'diagnostics'> {
  const sum = (count: (report: OperationReport) => number): number =>
    operations.reduce((total, operation) => total + count(operation), 0);
  const passed = operations.filter((operation) => operation.passed).length;
  return {
    wsdl,
    name: contract.name,
    passed: operations.length > 0 && passed === operations.length,
    ...(refusal !== undefined && { refusal }),
    operations,
    summary: {
      operations: operations.length,
      passed,
      messages: sum(({ messages }) => messages),
      validated: sum(({ validated }) => validated),
    },
  };
}
