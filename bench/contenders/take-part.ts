import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startProfile, stopProfile } from './profile-self.ts';
import type { Assignment, Message, Question } from './assignment.ts';

export function readAssignment(): Assignment {
  return JSON.parse(process.argv[2]!) as Assignment;
}

/** Serves on a free port, tells it to the parent, and answers what the parent asks. */
export async function takePart(listener: RequestListener): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  announce((server.address() as AddressInfo).port);
}

export function announce(port: number): void {
  process.on('message', answer);
  process.once('disconnect', () => process.exit());
  tell({ port });
}

function answer(question: Question): void {
  if (question === 'start-profile' || question === 'stop-profile') {
    void (question === 'start-profile' ? startProfile() : stopProfile()).then((profile) => {
      tell({ profile });
    });
    return;
  }
  if (question === 'collect') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  tell({ cpu: user + system, rss, heap: heapUsed, buffers: external });
}

function tell(message: Message): void {
  process.send!(message);
}
