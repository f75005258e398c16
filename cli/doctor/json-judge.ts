import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { createMessageSchemas, type MessageSchemas } from '../../openapi/index.ts';
import type { Contract, JsonValue } from '../../wsdl/index.ts';
import type { Subject } from '../../judge/index.ts';

/** ajv with the JSON Schemas of the OpenAPI document. */
export interface JsonJudge {
  /** What is wrong with the JSON of a message, by JSON Pointer. */
  faultsOf(subject: Subject, value: JsonValue): string[];
}

type Validate = (value: JsonValue) => string[];

export function createJsonJudge(contract: Contract): JsonJudge {
  const input = new DirectionJudge(contract, 'input');
  const output = new DirectionJudge(contract, 'output');
  return {
    faultsOf: (subject, value) =>
      (subject.direction === 'input' ? input : output).validatorOf(subject)(value),
  };
}

/** Messages that one instance of ajv compiles schemas for; it slows down and grows with each. */
const MOST_COMPILED = 40;

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    keywords: ANNOTATIONS,
    inlineRefs: false,
    // A member may be named toString.
    ownProperties: true,
    addUsedSchema: false,
    // Each validator judges a few messages only: to optimise its code takes ten times longer than that.
    code: { optimize: false },
  });
  addFormats.default(ajv);
  return ajv;
}

/** Keywords of OpenAPI and of our own that say nothing about validity. */
const ANNOTATIONS = ['discriminator', 'x-xsd-type', 'x-xsd-facets'];

class DirectionJudge {
  readonly #schemas: MessageSchemas;
  #ajv = createAjv();
  readonly #added = new Set<string>();
  /** By the text of the schema: operations share their faults. */
  readonly #validators = new Map<string, Validate>();
  #current: { readonly subject: Subject; readonly validate: Validate } | undefined;

  constructor(contract: Contract, direction: 'input' | 'output') {
    this.#schemas = createMessageSchemas(contract, direction);
  }

  /** Messages of one subject come in a row. */
  validatorOf(subject: Subject): Validate {
    if (this.#current?.subject !== subject) this.#current = { subject, validate: this.#find(subject) };
    return this.#current.validate;
  }

  #find({ message, fault }: Subject): Validate {
    const described = message ? this.#schemas.schemaOf(message) : this.#schemas.detailOf(fault!);
    const text = JSON.stringify(described);
    const known = this.#validators.get(text);
    if (known) return known;
    if (this.#validators.size >= MOST_COMPILED) this.#startAnew();
    const validate = this.#compile(described);
    this.#validators.set(text, validate);
    return validate;
  }

  #compile(described: unknown): Validate {
    this.#addComponents();
    const compiled = this.#ajv.compile(this.#relocated(described));
    return (value) => {
      if (compiled(value)) return [];
      const errors = compiled.errors ?? [];
      return errors.map(({ instancePath, message: text = '' }) => `${instancePath || '/'} ${text}`);
    };
  }

  /** ajv keeps what it has compiled for good. */
  #startAnew(): void {
    this.#ajv = createAjv();
    this.#added.clear();
    this.#validators.clear();
  }

  /** Each component is a schema of its own, so that those of later messages can follow. */
  #addComponents(): void {
    if (this.#added.size === this.#schemas.components.size) return;
    for (const [name, schema] of this.#schemas.components) {
      if (this.#added.has(name)) continue;
      this.#added.add(name);
      this.#ajv.addSchema(this.#relocated(schema), componentId(name), undefined, false);
    }
  }

  #relocated(schema: unknown): AnySchema {
    return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
      key === '$ref' && typeof value === 'string'
        ? componentId(value.slice(value.lastIndexOf('/') + 1))
        : value,
    ) as AnySchema;
  }
}

function componentId(name: string): string {
  return `portico:component/${encodeURIComponent(name)}`;
}
