/**
 * The same text in one piece. Text that was put together keeps its parts, which whoever writes it visits one by one: for what is
 * written with each request, in one piece costs less.
 */
export function flatText(text: string): string {
  return Buffer.from(text).toString();
}
