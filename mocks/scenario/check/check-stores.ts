import type { ScenarioSet } from '../scenario.ts';

/** Writes down records whose text looks like a template: what stands in a store at the start is taken as it is. */
export function checkStores({ stores }: ScenarioSet): void {
  for (const { records } of stores.values())
    for (const record of records.values())
      if (JSON.stringify(record.toJson()).includes('{{'))
        record.fail('records at the start hold no templates; nothing has come yet');
}
