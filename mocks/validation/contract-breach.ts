import { escapeXml } from '../scan-tags.ts';
import { Refusal } from '../refusal.ts';

/** One thing in a message that its contract does not allow. */
export interface ContractViolation {
  /** The decoder's code (`invalid-value`), or libxml2's facet (`facet-maxLength`) or kind of rule. */
  readonly rule: string;
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** With the names as the message writes them; missing where nothing can be pointed at. */
  readonly xpath?: string;
}

/** A message that goes against its contract: `Sender` for a request, `Receiver` for an answer of the mock. */
export class ContractBreach extends Refusal {
  readonly violations: readonly ContractViolation[];

  constructor(
    code: 'Sender' | 'Receiver',
    what: string,
    violations: readonly [ContractViolation, ...ContractViolation[]],
  ) {
    const [first, ...others] = violations;
    const more = others.length === 0 ? '' : `; ${others.length} more in the detail`;
    super(code, `${what}: ${formatted(first)}${more}`);
    this.violations = violations;
  }
}

function formatted({ rule, message, line, xpath }: ContractViolation): string {
  return `${message} (rule ${rule}, line ${line}${xpath === undefined ? '' : `, ${xpath}`})`;
}

export const VIOLATION_NAMESPACE = 'urn:portico:mock';

/** More are more than anybody reads. */
const MOST_SHOWN = 20;

/** Entries for the detail of a fault: one element a violation, for programs to read. */
export function toDetail(violations: readonly ContractViolation[]): string {
  return violations
    .slice(0, MOST_SHOWN)
    .map(({ rule, message, line, xpath }) => {
      const place = xpath === undefined ? '' : ` xpath="${escapeXml(xpath)}"`;
      const attributes = `xmlns:p="${VIOLATION_NAMESPACE}" rule="${escapeXml(rule)}" line="${line}"${place}`;
      return `<p:violation ${attributes}>${escapeXml(message)}</p:violation>`;
    })
    .join('');
}
