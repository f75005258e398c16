import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ServedBank } from './serve-bank.ts';

export interface Answer {
  readonly status: number;
  readonly cacheStatus: string;
  readonly body: string;
}

/** One connection that stays, and so one worker. */
export interface Connection {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  close(): void;
}

export function connectTo({ port, token }: ServedBank): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, path: string, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        Authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      };
      const call = request({ host: '127.0.0.1', port, method, path, agent, headers }, (response) => {
        text(response).then((content) => {
          const { statusCode: status = 0, headers: fields } = response;
          resolve({ status, cacheStatus: String(fields['cache-status'] ?? ''), body: content });
        }, reject);
      });
      call.on('error', reject);
      call.end(body);
    });
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, JSON.stringify(body)),
    close: () => {
      agent.destroy();
    },
  };
}

/** Asks over every connection, `perSecond` in all, for so long. @returns how often each status came. */
export async function load(
  connections: readonly Connection[],
  path: string,
  { perSecond, milliseconds }: { readonly perSecond: number; readonly milliseconds: number },
  onAnswer: (answer: Answer) => void = () => undefined,
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  const pause = (connections.length * 1000) / perSecond;
  const end = performance.now() + milliseconds;
  await Promise.all(
    connections.map(async (connection, index) => {
      let next = performance.now() + (pause * index) / connections.length;
      while (next < end) {
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
        const answer = await connection.get(path);
        counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
        onAnswer(answer);
        next = Math.max(next + pause, performance.now() - pause);
      }
    }),
  );
  return counts;
}
