import { ValueError, type ValueFault, type ValueFaultCode } from '../codec.ts';

/** Enough to mend a request by; a large array of wrong values would make a large answer. */
const MOST_FAULTS = 100;

/** Thrown by the fast encoder at the first fault; then the tracking one says what is wrong and where. Never leaves the encoder. */
export const FIRST_FAULT: Error = new Error('Internal: the value does not fit');

const ENOUGH: Error = new Error('Internal: enough faults were found');

/** Gathers the faults of one value. */
export class FaultCollector {
  readonly #faults: ValueFault[] = [];

  add(pointer: string, code: ValueFaultCode, message: string, known?: readonly string[]): void {
    this.#faults.push({ pointer, code, message, ...(known && { known }) });
    if (this.#faults.length >= MOST_FAULTS) throw ENOUGH;
  }

  /** Runs an encoder that reports here. @returns the error to throw. */
  run(encode: (faults: FaultCollector) => unknown): Error {
    try {
      encode(this);
    } catch (error) {
      if (error !== ENOUGH) throw error;
    }
    if (this.#faults.length === 0) return new Error('Internal: the encoder refused a value without a fault');
    return new ValueError(this.#faults);
  }
}

/** For encoders that work both ways: a collector only if they track. @returns the text to go on with. */
export function report(
  faults: FaultCollector | undefined,
  pointer: string,
  code: ValueFaultCode,
  message: string,
  known?: readonly string[],
): '' {
  if (!faults) throw FIRST_FAULT;
  faults.add(pointer, code, message, known);
  return '';
}

/** RFC 6901, 3. */
export function escapePointer(member: string): string {
  return member.replaceAll('~', '~0').replaceAll('/', '~1');
}
