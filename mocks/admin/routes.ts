import type { IncomingMessage } from 'node:http';
import type { JsonValue } from '../../wsdl/index.ts';
import { RESETTABLE, type MockControl, type Resettable } from '../control/mock-control.ts';
import { describeContract } from './describe-contract.ts';
import { readSwitch } from './read-switch.ts';
import { readVerification } from './read-verification.ts';
import { asObject, readJson, readText } from './admin-request.ts';
import { pageOfJournal } from './journal-page.ts';
import { AdminProblem } from './problem.ts';

/** A request to the admin API, taken apart. `names` are the segments of its path that stand for `{...}`. */
export interface AdminCall {
  readonly control: MockControl;
  readonly names: readonly string[];
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
}

/** What is answered: 204 for undefined. */
export type AdminAnswer = object | undefined;

export interface AdminRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the prefix; `{}` is any one segment. */
  readonly path: string;
  readonly run: (call: AdminCall) => AdminAnswer | Promise<AdminAnswer>;
}

/** All of the admin API; docs/mocks.md lists the same, which a test holds. */
export const ADMIN_ROUTES: readonly AdminRoute[] = [
  { method: 'GET', path: '/health', run: () => ({ status: 'ok' }) },
  { method: 'POST', path: '/reset', run: reset },
  {
    method: 'GET',
    path: '/journal',
    run: ({ control, query }) => pageOfJournal(control.journal.calls, query),
  },
  { method: 'DELETE', path: '/journal', run: clearJournal },
  {
    method: 'POST',
    path: '/verify',
    run: async ({ control, request }) => control.verify(readVerification(await readJson(request))),
  },
  { method: 'GET', path: '/state', run: ({ control }) => control.state.snapshot() },
  { method: 'GET', path: '/state/stores/{}/{}', run: getRecord },
  { method: 'PUT', path: '/state/stores/{}/{}', run: putRecord },
  { method: 'DELETE', path: '/state/stores/{}/{}', run: deleteRecord },
  { method: 'PUT', path: '/state/machines/{}', run: putMachine },
  { method: 'GET', path: '/scenarios', run: ({ control }) => ({ scenarios: control.listScenarios() }) },
  { method: 'PUT', path: '/scenarios/{}', run: putScenario },
  {
    method: 'DELETE',
    path: '/scenarios/{}',
    run: ({ control, names: [name = ''] }) => gone(control.deleteScenario(name), `scenario "${name}"`),
  },
  { method: 'GET', path: '/contract', run: ({ control }) => describeContract(control.endpoints) },
  { method: 'GET', path: '/coverage', run: getCoverage },
  { method: 'GET', path: '/switches', run: ({ control }) => ({ switches: control.switches.list() }) },
  { method: 'PUT', path: '/switches/{}', run: putSwitch },
  {
    method: 'DELETE',
    path: '/switches/{}',
    run: ({ control, names: [name = ''] }) => gone(control.switches.delete(name), `switch "${name}"`),
  },
];

function getCoverage({ control }: AdminCall): AdminAnswer {
  if (control.coverage) return control.coverage.report();
  throw new AdminProblem(
    404,
    'the mock counts no coverage: start it with --coverage, or create it with coverage: true',
  );
}

async function reset({ control, request }: AdminCall): Promise<undefined> {
  const hasBody = request.headers['content-type'] !== undefined;
  const { what = [...RESETTABLE] } = hasBody ? asObject(await readJson(request), ['what']) : {};
  const names = Array.isArray(what) ? what : [what];
  if (!names.every(isResettable))
    throw new AdminProblem(400, `"what" must be a list of ${RESETTABLE.join(', ')}`);
  control.reset(names);
}

function clearJournal({ control }: AdminCall): undefined {
  control.reset(['journal']);
  return undefined;
}

function isResettable(name: JsonValue): name is Resettable {
  return RESETTABLE.some((one) => one === name);
}

function getRecord({ control, names: [store = '', key = ''] }: AdminCall): AdminAnswer {
  const record = control.state.record(store, key);
  if (record === undefined) throw new AdminProblem(404, `store "${store}" has no such record`);
  return { record };
}

async function putRecord({ control, names: [store = '', key = ''], request }: AdminCall): Promise<undefined> {
  const { record } = asObject(await readJson(request), ['record']);
  if (record === undefined) throw new AdminProblem(400, '"record" is missing');
  try {
    control.state.put(store, key, record);
  } catch (error) {
    if (error instanceof RangeError) throw new AdminProblem(409, error.message);
    throw error;
  }
  control.state.commit();
}

function deleteRecord({ control, names: [store = '', key = ''] }: AdminCall): undefined {
  const isDeleted = control.state.delete(store, key);
  control.state.commit();
  gone(isDeleted, `record in store "${store}"`);
  return undefined;
}

async function putMachine({ control, names: [machine = ''], request }: AdminCall): Promise<undefined> {
  const { state } = asObject(await readJson(request), ['state']);
  if (typeof state !== 'string') throw new AdminProblem(400, '"state" must be the name of a state');
  const problem = control.setMachine(machine, state);
  if (problem !== undefined) throw new AdminProblem(400, problem);
}

async function putScenario({ control, names: [name = ''], request }: AdminCall): Promise<undefined> {
  await control.putScenario(name, await readText(request));
}

async function putSwitch({ control, names: [name = ''], request }: AdminCall): Promise<undefined> {
  control.switches.put(name, await readSwitch(name, await readText(request), control));
}

function gone(isDeleted: boolean, what: string): undefined {
  if (!isDeleted) throw new AdminProblem(404, `there is no ${what}`);
}
