import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {
  toOpenApi,
  planRoutes,
  type OpenApiDocument,
  type OpenApiOptions,
  type RouteMapping,
} from '../../openapi/index.ts';
import type { Contract, JsonValue } from '../../wsdl/index.ts';

export type Validate = (value: JsonValue) => string[];

const EXTENSIONS = ['components', 'paths', 'discriminator', 'x-xsd-type', 'x-xsd-facets'];

/** Compiles schemas of a document with ajv; its `$ref`s lead into the document. */
export function validatorOf(document: OpenApiDocument): (pointer: string) => Validate {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    keywords: EXTENSIONS,
  });
  addFormats.default(ajv);
  ajv.addSchema(
    { $id: 'api:document', components: document.components, paths: document.paths },
    'api:document',
    undefined,
    false,
  );
  return (pointer) => {
    const validate = ajv.compile({ $ref: `api:document#${encodeURI(pointer)}` });
    return (value) => {
      if (validate(value)) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message }) => `${instancePath || '/'} ${message ?? ''}`,
      );
    };
  };
}

/** RFC 6901, 3. */
export function pointerOf(...steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const PROBLEMS = [{ code: 'invalid-input', status: 400, title: 'Invalid input' }];

/** The document of one contract, as service `bank`. */
export function documentOf(
  contract: Contract,
  mapping?: readonly RouteMapping[],
  options: Partial<OpenApiOptions> = {},
): OpenApiDocument {
  const { routes, problems } = planRoutes(contract, { service: 'bank', ...(mapping && { mapping }) });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return toOpenApi([{ name: 'bank', contract, routes }], {
    title: 'Test',
    version: '1.0.0',
    problems: PROBLEMS,
    ...options,
  });
}
