import { maskText } from '../../masking/index.ts';
import type { Violation } from '../../judge/index.ts';
import type { ContractViolation } from './contract-breach.ts';

/** libxml2's words, which quote values -> the rule that was broken; the first that fits. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/\[facet '(\w+)'\]/, 'facet-$1'],
  [/key-sequence|identity-constraint|\bkeyref\b|\bIDC\b/, 'identity-constraint'],
  [/Missing child element/, 'missing-element'],
  [/attribute '[^']*' is required/, 'missing-attribute'],
  [/attribute .* is not allowed/, 'unexpected-attribute'],
  [/is not expected|No matching global/, 'unexpected-element'],
  [/is not a valid value/, 'invalid-value'],
  [/not 'nillable'|nil/, 'nil'],
];

export function toContractViolation({ message, line, xpath }: Violation): ContractViolation {
  const [pattern, rule] = rules.find(([candidate]) => candidate.test(message)) ?? [/^/, 'schema'];
  const [found = ''] = pattern.exec(message) ?? [];
  return {
    rule: found === '' ? rule : found.replace(pattern, rule),
    message: maskText(message),
    line,
    ...(xpath !== undefined && { xpath }),
  };
}
