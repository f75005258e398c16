import type { Findings } from '../parse/findings.ts';
import type { NameStyle } from './json-name.ts';
import type { Budget } from './link-limit.ts';
import type { SchemaSet } from './schema-set.ts';
import type { SubstitutionGroups } from './substitution-groups.ts';
import type { TypeTable } from './type-table.ts';

/** What every step of linking has at hand. */
export interface LinkContext {
  readonly schemas: SchemaSet;
  readonly types: TypeTable;
  readonly substitutionGroups: SubstitutionGroups;
  readonly findings: Findings;
  readonly budget: Budget;
  readonly style: NameStyle;
}
