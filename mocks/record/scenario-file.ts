import { stringify } from 'yaml';
import { isSecretName } from '../../masking/index.ts';
import type { JsonValue } from '../../wsdl/index.ts';
import type { ServiceAnswer } from './read-reply.ts';

export type RecordedAnswer = ServiceAnswer;

/** A request, and how it was answered, one time after the other. */
export interface RecordedCall {
  /** `Service.Operation`. */
  readonly operation: string;
  readonly input: JsonValue;
  readonly answers: readonly RecordedAnswer[];
}

const HEAD =
  '# Recorded from a service. Card numbers, IBANs, account numbers and secrets are others than they were.\n';

/** Scenarios that answer as the service did. */
export function toScenarioFile(calls: readonly RecordedCall[]): string {
  const scenarios = calls.map(({ operation, input, answers }, index) => ({
    name: `${operation} ${index + 1}`,
    operation,
    when: conditionsOf(input),
    ...(answers.length === 1 ? { answer: toPlain(answers[0]!) } : { answers: answers.map(toPlain) }),
  }));
  return HEAD + stringify({ scenarios }, { lineWidth: 0 });
}

/**
 * One for each value, so that those that do not matter are easily taken out. None for secrets: they are others in the
 * recording, and who plays it has the right ones.
 */
function conditionsOf(input: JsonValue, path = '$'): object[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return input === null ? [] : [{ path, equals: toPlain(input) }];
  return Object.entries(input as Readonly<Record<string, JsonValue>>).flatMap(([name, value]) =>
    isSecretName(name) ? [] : conditionsOf(value, `${path}${stepTo(name)}`),
  );
}

function stepTo(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** Scenarios take `{{` for the beginning of an expression. */
function toPlain(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('{{', `{{ '{{' }}`);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toPlain(member)]));
}
