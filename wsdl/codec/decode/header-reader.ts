import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { shownName } from '../../xml/xml-error.ts';
import type { DecodeContext } from './decode-context.ts';
import { SkippingReader } from './element-reader.ts';
import type { ElementReader } from './element-reader.ts';
import { createJsonBuffer } from './json-writer.ts';
import type { CompiledPlan } from './message-plan.ts';
import { ValueDecoder } from './value-decoder.ts';

/** Roles that are ours: the ultimate receiver and whoever comes next, in actor (SOAP 1.1, 4.2.2) and role (SOAP 1.2 Part 1, 2.2). */
const OUR_ROLES: ReadonlySet<string> = new Set([
  '',
  'http://schemas.xmlsoap.org/soap/actor/next',
  'http://www.w3.org/2003/05/soap-envelope/role/next',
  'http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver',
]);

/** Reads the blocks of soap:Header: the declared ones are decoded, others passed over unless they must be understood. */
export class HeaderReader {
  readonly #plan: CompiledPlan;
  readonly #context: DecodeContext;
  readonly #decoder: ValueDecoder;
  readonly #skipping = new SkippingReader();
  readonly #writer = createJsonBuffer();
  readonly #seen = new Set<string>();

  constructor(plan: CompiledPlan, context: DecodeContext) {
    this.#plan = plan;
    this.#context = context;
    this.#decoder = new ValueDecoder(context);
  }

  /** @returns what is to read the block. @throws DecodeError `must-understand` (SOAP 1.1, 4.2.3). */
  begin(name: ExpandedName, attributes: Attributes): ElementReader {
    const slot = this.#plan.headers.get(name.key);
    if (slot === undefined) {
      if (this.#mustUnderstand(attributes) && !this.#context.understood.has(name.namespace))
        this.#refuse(name);
      this.#skipping.begin();
      return this.#skipping;
    }
    if (this.#seen.has(name.key))
      this.#context.fail('unexpected-element', `the header <${shownName(name.local)}> comes twice`);
    if (this.#seen.size === 0) this.#writer.open('{');
    this.#seen.add(name.key);
    this.#writer.member(slot.member);
    this.#decoder.begin(slot, attributes, this.#writer);
    return this.#decoder;
  }

  /** JSON of all declared headers that came, '' for none. */
  take(): string {
    if (this.#seen.size > 0) this.#writer.close('}');
    return this.#writer.take();
  }

  #refuse({ local }: ExpandedName): never {
    const message = `the header <${shownName(local)}> must be understood, but the contract does not declare it`;
    return this.#context.fail('must-understand', message);
  }

  #mustUnderstand(attributes: Attributes): boolean {
    const flag = this.#soapAttribute(attributes, 'mustUnderstand')?.trim();
    if (flag !== '1' && flag !== 'true') return false;
    const role = this.#soapAttribute(attributes, 'actor') ?? this.#soapAttribute(attributes, 'role') ?? '';
    return OUR_ROLES.has(role.trim());
  }

  #soapAttribute({ count, names, values }: Attributes, wanted: string): string | undefined {
    const { envelopeNamespace } = this.#plan;
    const index = names
      .slice(0, count)
      .findIndex(({ namespace, local }) => local === wanted && namespace === envelopeNamespace);
    return index < 0 ? undefined : values[index];
  }
}
