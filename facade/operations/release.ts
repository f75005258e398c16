/**
 * Gives the memory of `bytes` back at once, if they have all of it; they are empty from then on. Garbage would do the same, but for
 * memory outside its heap V8 collects too seldom to keep it small, and everything each time: half the CPU of a large answer.
 * Nobody else may refer to them, least of all the system that still writes them.
 */
export function release({ buffer, byteLength }: Uint8Array): void {
  const isAll = byteLength > 0 && byteLength === buffer.byteLength;
  if (isAll && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
