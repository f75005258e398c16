import { announce, readAssignment } from './take-part.ts';
import { startPortico } from './start-portico.ts';

announce(await startPortico(readAssignment()));
