import type { AsyncSecurityObject } from './async-api-document.ts';

/** Names of the schemes. */
export const BROKER = 'broker';
export const TOKEN = 'token';

export function toSecuritySchemes(
  hasServer: boolean,
  takesTokens: boolean,
): Record<string, AsyncSecurityObject> {
  return {
    ...(hasServer && {
      [BROKER]: {
        type: 'userPassword',
        description:
          'A user of the broker, whose permissions say which queues it may write to and read from.',
      },
    }),
    ...(takesTokens && {
      [TOKEN]: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A JWT in the header `authorization` of each message: `Bearer <token>`.',
      },
    }),
  };
}
