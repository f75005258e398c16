import type { StreamedEvent } from '../../commands/inbox-store.ts';

const LINE_END = /\r\n|\r|\n/;

/** An event as Server-Sent Events have it (HTML Standard, 9.2.5). Its name and position have no line ends. */
export function toEventText({ position, event, body }: StreamedEvent): string {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  const data = text
    .split(LINE_END)
    .map((line) => `data: ${line}\n`)
    .join('');
  return `id: ${position}\nevent: ${event}\n${data}\n`;
}

/** How a stream begins: when to come back, and where it is. */
export function toBeginning(retryMs: number, position: string | undefined): string {
  return `retry: ${retryMs}\n${position === undefined ? '' : `id: ${position}\n`}\n`;
}

/** A sign of life; `position` spares a client that has seen nothing for long from being told of a gap. */
export function toHeartbeat(position: string | undefined): string {
  return position === undefined ? ':\n\n' : `:\nid: ${position}\n\n`;
}

/** Name of the event that tells of a gap. */
export const GAP_EVENT = 'portico.gap';

/** Between where the client was and what follows events may be missing. */
export const GAP_TEXT: string = `event: ${GAP_EVENT}\ndata: ${JSON.stringify({
  detail: 'Events may be missing here: they are not kept for so long. Read anew what you show.',
})}\n\n`;
