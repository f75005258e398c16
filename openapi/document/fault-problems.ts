import { toPascalCase } from '../words.ts';
import type { ComponentNames } from '../schema/component-names.ts';
import type { SchemaObject } from '../schema/json-schema.ts';
import { PROBLEM } from './problems.ts';
import type { FaultProblems } from './responses.ts';

/** One component for each different problem: operations that declare the same fault share it. */
export function createFaultProblems(
  names: ComponentNames,
  schemas: Map<string, SchemaObject>,
): FaultProblems {
  const references = new Map<string, SchemaObject>();
  return (fault, schema) => {
    const identity = JSON.stringify([fault.name, schema]);
    let reference = references.get(identity);
    if (!reference) {
      const name = names.take(`${toPascalCase(fault.name) || 'Fault'}${PROBLEM}`);
      schemas.set(name, schema);
      reference = { $ref: `#/components/schemas/${name}` };
      references.set(identity, reference);
    }
    return reference;
  };
}
