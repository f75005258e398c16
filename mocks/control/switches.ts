import type { Answerer, SoapCall } from '../call.ts';
import type { WireFault } from '../wire/wire-fault.ts';

/** What goes wrong with every answer, or with those of one operation, until it is switched off. */
export interface FaultSwitch {
  /** `Service.Operation` or `Operation`; missing: every operation. */
  readonly operation?: string;
  readonly wire?: WireFault;
  readonly delayMilliseconds?: number;
  /** It is over after so many answers. */
  readonly times?: number;
}

/** Faults on the wire that are switched on and off while a mock runs, whoever answers. */
export class FaultSwitches {
  readonly #switches = new Map<string, { readonly fault: FaultSwitch; left: number }>();

  list(): Record<string, FaultSwitch> {
    return Object.fromEntries(Array.from(this.#switches, ([name, { fault }]) => [name, fault] as const));
  }

  put(name: string, fault: FaultSwitch): void {
    this.#switches.set(name, { fault, left: fault.times ?? Infinity });
  }

  /** @returns whether there was one. */
  delete(name: string): boolean {
    return this.#switches.delete(name);
  }

  clear(): void {
    this.#switches.clear();
  }

  /** Stands before the scenarios: what is switched on goes before what they say of sending. */
  readonly answer: Answerer = async (call, next) => {
    const fault = this.#take(call);
    if (fault === undefined) return next();
    const answered = await next();
    const { wire = answered.delivery?.wire, delayMilliseconds = answered.delivery?.delayMilliseconds } =
      fault;
    return {
      ...answered,
      delivery: { ...(wire && { wire }), ...(delayMilliseconds !== undefined && { delayMilliseconds }) },
    };
  };

  #take({ endpoint, operation }: SoapCall): FaultSwitch | undefined {
    for (const [name, entry] of this.#switches) {
      const names = [undefined, operation.id, `${endpoint.service.name}.${operation.id}`];
      if (!names.includes(entry.fault.operation)) continue;
      entry.left -= 1;
      if (entry.left <= 0) this.#switches.delete(name);
      return entry.fault;
    }
    return undefined;
  }
}
