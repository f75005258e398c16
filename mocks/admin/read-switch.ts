import type { MockControl } from '../control/mock-control.ts';
import type { FaultSwitch } from '../control/switches.ts';
import type { ScenarioProblem } from '../scenario/source/problem.ts';
import { AdminProblem } from './problem.ts';

/** The body of a switch: `wire` and `delayMilliseconds` as in scenarios, `operation`, `times`. @throws AdminProblem */
export async function readSwitch(name: string, text: string, control: MockControl): Promise<FaultSwitch> {
  const [{ readYaml }, { readWire }, { ScenarioError }] = await Promise.all([
    import('../scenario/source/yaml-source.ts'),
    import('../scenario/read/read-wire.ts'),
    import('../scenario/source/problem.ts'),
  ]);
  const problems: ScenarioProblem[] = [];
  const node = readYaml(name, text, problems);
  const members =
    node?.readMap(['operation', 'wire', 'delayMilliseconds', 'times']) ?? new Map<string, never>();
  const wire = readWire(members.get('wire'));
  const delayMilliseconds = members.get('delayMilliseconds')?.readInteger(0, 600_000);
  const times = members.get('times')?.readInteger(1, 1_000_000_000);
  const operation = members.get('operation')?.readText('a name');
  if (problems.length > 0) throw new ScenarioError(problems);
  if (operation !== undefined && !control.hasOperation(operation))
    throw new AdminProblem(400, `there is no operation "${operation}"`);
  if (wire === undefined && delayMilliseconds === undefined)
    throw new AdminProblem(400, 'say "wire" or "delayMilliseconds"');
  return {
    ...(operation !== undefined && { operation }),
    ...(wire && { wire }),
    ...(delayMilliseconds !== undefined && { delayMilliseconds }),
    ...(times !== undefined && { times }),
  };
}
