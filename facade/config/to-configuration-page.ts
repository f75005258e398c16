import { typesOf } from './schema-at.ts';
import type { ConfigSchema } from './portico-schema.ts';

/** docs/configuration.md, from the schema: a table for each object, in the order of the file. */
export function toConfigurationPage(schema: ConfigSchema): string {
  return `${INTRODUCTION}\n${sections(schema, '').join('\n')}`;
}

const INTRODUCTION = `# Configuration

\`portico.yaml\`. This page is made from the schema that checks the file (\`facade/config/portico-schema.ts\`); a test keeps them equal.
Unknown keys are refused, and every problem is reported at once with its line. A running facade serves the schema at \`/docs/portico.schema.json\`, for editors.

\`\${NAME}\` stands for an environment variable, \`\${NAME:-default}\` for one that may be unset or empty, \`$\${\` for a literal \`\${\`. Variables work in
values, never in keys or comments; what they hold is text and cannot become YAML.
`;

function sections(schema: ConfigSchema, prefix: string): string[] {
  const properties = Object.entries(schema.properties ?? {});
  const rows = properties.map(([key, property]) =>
    row(key, property, schema.required?.includes(key) ?? false),
  );
  const title = prefix === '' ? 'Top level' : `\`${prefix}\``;
  const own = `## ${title}\n\n${schema.description ?? ''}\n\n| key | type | default | |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  return [
    own,
    ...properties.flatMap(([key, property]) => nested(property, prefix === '' ? key : `${prefix}.${key}`)),
  ];
}

function nested(schema: ConfigSchema, path: string): string[] {
  if (isSecret(schema)) return [];
  if (schema.properties !== undefined && schema.description !== undefined) return sections(schema, path);
  if (schema.items?.properties !== undefined) return sections(schema.items, `${path}[]`);
  const { additionalProperties } = schema;
  const isTable =
    additionalProperties !== undefined &&
    additionalProperties !== false &&
    additionalProperties.description !== undefined;
  return isTable && additionalProperties.properties !== undefined
    ? sections(additionalProperties, `${path}.<name>`)
    : [];
}

/** Text, or the file with it: described where it stands. */
function isSecret({ type, properties }: ConfigSchema): boolean {
  return Array.isArray(type) && Object.keys(properties ?? {}).join() === 'file';
}

function row(key: string, schema: ConfigSchema, required: boolean): string {
  const example = schema.examples?.[0];
  const shown =
    example === undefined
      ? ''
      : ` Example: \`${typeof example === 'string' ? example : JSON.stringify(example)}\`.`;
  return `| \`${key}\` | ${typeName(schema)} | ${required ? '**required**' : standard(schema)} | ${(schema.description ?? '') + shown} |`;
}

function typeName(schema: ConfigSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.items !== undefined)
    return `list of ${schema.items.enum === undefined ? plural(schema.items) : typeName(schema.items)}`;
  const range =
    schema.minimum !== undefined && schema.maximum !== undefined
      ? `, ${schema.minimum} to ${schema.maximum}`
      : '';
  return typesOf(schema).join(' or ') + range;
}

function plural(schema: ConfigSchema): string {
  return `${typesOf(schema).join(' or ')}s`;
}

function standard(schema: ConfigSchema): string {
  const { default: value } = schema;
  if (value === undefined || (typeof value === 'object' && JSON.stringify(value) === '{}')) return '';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
