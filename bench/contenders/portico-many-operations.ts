import { announce, readAssignment } from './take-part.ts';
import { startPortico } from './start-portico.ts';

/** With a second service, whose operations nobody calls. */
announce(await startPortico({ ...readAssignment(), hasRecords: true }));
