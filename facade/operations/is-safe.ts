import type { Route } from '../../openapi/index.ts';

/** Whether carrying the operation out twice does no harm (RFC 9110, 9.2.1, or as its mapping says). */
export function isSafe({ method, isSafe: said }: Route): boolean {
  return said ?? method === 'GET';
}
