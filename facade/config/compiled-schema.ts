import { createRequire } from 'node:module';
import type { Ajv2020, Options, ValidateFunction } from 'ajv/dist/2020.js';
import { porticoSchema } from './portico-schema.ts';

const OPTIONS: Options = {
  allErrors: true,
  verbose: true,
  useDefaults: true,
  strict: true,
  allowUnionTypes: true,
  strictRequired: false,
};
/** Where the build leaves the schema as code: compiling it takes a fifth of a start. */
const BUILT = './portico-schema.cjs';

const requireFrom = createRequire(import.meta.url);
let compiled: ValidateFunction | undefined;

/** The check of portico.yaml; from source it is compiled at its first use. */
export function compiledSchema(): ValidateFunction {
  compiled ??= built() ?? createAjv().compile(porticoSchema);
  return compiled;
}

/** For the build: what `BUILT` holds. */
export function schemaAsCode(): string {
  const { default: standalone } = requireFrom('ajv/dist/standalone/index.js') as {
    readonly default: (ajv: Ajv2020, validate: ValidateFunction) => string;
  };
  const ajv = createAjv({ code: { source: true, lines: true } });
  return compiledAtOnce(standalone(ajv, ajv.compile(porticoSchema)));
}

/**
 * V8 compiles a function in parentheses together with its file, and Node keeps for the next start what is compiled then. Otherwise
 * these 600 KB are compiled at each start: 20 ms.
 */
function compiledAtOnce(code: string): string {
  const [, name = ''] = /^module\.exports = (\w+);$/m.exec(code) ?? [];
  const [head = '', check = '', tail = ''] = code.split(
    new RegExp(`^(?=function ${name}\\(|${name}\\.evaluated = )`, 'm'),
  );
  return `${head.replaceAll(/^module\.exports.*$/gm, '')}const ${name} = (${check});\n${tail}\nmodule.exports = ${name};\n`;
}

function createAjv(options: Options = {}): Ajv2020 {
  const ajv = requireFrom('ajv/dist/2020.js') as { readonly Ajv2020: new (options: Options) => Ajv2020 };
  return new ajv.Ajv2020({ ...OPTIONS, ...options });
}

function built(): ValidateFunction | undefined {
  try {
    return requireFrom(BUILT) as ValidateFunction;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
