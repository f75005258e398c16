import type { Route } from '../route.ts';
import type { AsyncOperationObject, Reference } from './async-api-document.ts';
import type { AsyncSurface } from './async-surface.ts';
import { toCommandHeaders, toReplyHeaders } from './message-headers.ts';
import type { MessageForm, OperationMessages } from './operation-messages.ts';
import type { CommandQueue } from './options.ts';
import { TOKEN } from './security.ts';

const CORRELATED: { readonly correlationId: Reference } = {
  correlationId: { $ref: '#/components/correlationIds/correlationId' },
};

/** One command that is taken from one queue, with the messages of its request. */
interface Taken {
  readonly queue: CommandQueue;
  readonly route: Route;
  readonly channel: string;
  readonly requests: readonly Reference[];
}

/** Queues of commands, with an operation for each command in each queue, and the replies to them. */
export function addCommands(
  surface: AsyncSurface,
  messages: OperationMessages,
  queues: readonly CommandQueue[],
): void {
  const taken = queues.flatMap((queue) =>
    queue.routes.map((route): Taken => {
      const channel = channelOf(surface, queue);
      const { json, xml } = messages.command(route);
      const headers = toCommandHeaders(route, route.operationId, queue.identity);
      const add = (form: MessageForm): string =>
        surface.addMessage(nameOf(route, form), {
          name: route.operationId,
          ...form,
          headers,
          ...CORRELATED,
          bindings: { amqp: { messageType: route.operationId, bindingVersion: '0.3.0' } },
        });
      return { queue, route, channel, requests: surface.carry(channel, [add(json), add(xml)]) };
    }),
  );
  messages.beginAnswers();
  for (const one of taken) addOperation(surface, messages, one);
}

function channelOf(surface: AsyncSurface, { queue: name, identity }: CommandQueue): string {
  const known = Object.entries(surface.channels).find(
    ([, { address, bindings }]) => address === name && bindings?.amqp.is === 'queue',
  );
  if (known !== undefined) return known[0];
  surface.hasCommands = true;
  return surface.addChannel(name, {
    address: name,
    description:
      identity === 'token'
        ? 'Commands. Each brings a token that says who sends it.'
        : 'Commands. Whoever may write to this queue is one principal, with the rights that the API gives to it.',
    messages: {},
    bindings: {
      amqp: {
        is: 'queue',
        queue: { name, durable: true, exclusive: false, autoDelete: false },
        bindingVersion: '0.3.0',
      },
    },
  });
}

function addOperation(
  surface: AsyncSurface,
  messages: OperationMessages,
  { queue, route, channel, requests }: Taken,
): void {
  const answer = messages.answer(route);
  const problem = messages.problem(route);
  const forms = [...(answer ? [answer.json, answer.xml] : []), problem.json, problem.xml];
  const keys = forms.map((form) =>
    surface.addMessage(nameOf(route, form), {
      name: `${route.operationId}Reply`,
      ...form,
      headers: toReplyHeaders(),
      ...CORRELATED,
    }),
  );
  const replies = surface.addChannel(`${route.operationId}.replies`, {
    // AsyncAPI 3.0, Channel Object: null where only the request says it.
    address: null,
    description: `Replies to ${route.operationId}, in the form that the command came in.`,
    messages: {},
  });
  surface.addOperation(route.operationId, {
    action: 'receive',
    channel: { $ref: `#/channels/${channel}` },
    ...described(route),
    ...(queue.identity === TOKEN && { security: [{ $ref: `#/components/securitySchemes/${TOKEN}` }] }),
    bindings: { amqp: { ack: true, bindingVersion: '0.3.0' } },
    messages: [...requests],
    reply: {
      address: {
        location: '$message.header#/replyTo',
        description: 'The property reply-to of the command.',
      },
      channel: { $ref: `#/channels/${replies}` },
      messages: surface.carry(replies, keys),
    },
  });
}

function described({
  operationId,
  summary,
  documentation,
  scopes,
  tags,
}: Route): Pick<AsyncOperationObject, 'title' | 'summary' | 'description' | 'tags'> {
  const needed = scopes.length === 0 ? '' : `Scopes: ${scopes.map((scope) => `\`${scope}\``).join(', ')}.`;
  const description = [documentation, needed]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n');
  return {
    title: operationId,
    summary: summary ?? operationId,
    ...(description !== '' && { description }),
    tags: tags.map((name) => ({ name })),
  };
}

/** `createTransfer, answer in XML` -> `createTransfer-answer-in-XML`, by what the surface makes of it. */
function nameOf(_route: Route, { title }: MessageForm): string {
  return title.replaceAll(/[, ]+/g, '-');
}
