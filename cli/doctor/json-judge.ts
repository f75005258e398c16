import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { createMessageSchemas, type MessageSchemas } from '../../openapi/index.ts';
import type { Contract, JsonValue } from '../../wsdl/index.ts';
import type { Subject } from './subject.ts';

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

/** Keywords of OpenAPI and of our own that say nothing about validity. */
const ANNOTATIONS = ['discriminator', 'x-xsd-type', 'x-xsd-facets'];

class DirectionJudge {
  readonly #schemas: MessageSchemas;
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<Subject, Validate>();
  readonly #added = new Set<string>();

  constructor(contract: Contract, direction: 'input' | 'output') {
    this.#schemas = createMessageSchemas(contract, direction);
    this.#ajv = new Ajv2020({
      strict: true,
      strictTypes: false,
      strictRequired: false,
      keywords: ANNOTATIONS,
      inlineRefs: false,
      addUsedSchema: false,
    });
    addFormats.default(this.#ajv);
  }

  validatorOf(subject: Subject): Validate {
    const validator = this.#validators.get(subject) ?? this.#compile(subject);
    this.#validators.set(subject, validator);
    return validator;
  }

  #compile({ message, fault }: Subject): Validate {
    const schema = message ? this.#schemas.schemaOf(message) : this.#schemas.detailOf(fault!);
    this.#addComponents();
    const validate = this.#ajv.compile(this.#relocated(schema));
    return (value) => {
      if (validate(value)) return [];
      const errors = validate.errors ?? [];
      return errors.map(({ instancePath, message = '' }) => `${instancePath || '/'} ${message}`);
    };
  }

  /** Each component is a schema of its own, so that those of later messages can follow. */
  #addComponents(): void {
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
