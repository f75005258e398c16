import { takeName } from '../words.ts';
import type {
  AsyncMessageObject,
  AsyncOperationObject,
  ChannelObject,
  Reference,
} from './async-api-document.ts';
import { toAsyncSchema } from './to-async-schema.ts';

/** Keys of components (AsyncAPI 3.0, Components Object); channels and operations keep to it too, so that any tool takes them. */
const NOT_IN_KEYS = /[^A-Za-z0-9._-]+/g;

/** The document while it is put together: names are taken once, and references lead to what is there. */
export class AsyncSurface {
  readonly channels: Record<string, ChannelObject> = {};
  readonly operations: Record<string, AsyncOperationObject> = {};
  readonly messages: Record<string, AsyncMessageObject> = {};
  readonly #taken = {
    channels: new Set<string>(),
    operations: new Set<string>(),
    messages: new Set<string>(),
  };
  hasCommands = false;

  addChannel(wanted: string, channel: ChannelObject): string {
    const key = this.#keyOf('channels', wanted);
    this.channels[key] = channel;
    return key;
  }

  addOperation(wanted: string, operation: AsyncOperationObject): void {
    this.operations[this.#keyOf('operations', wanted)] = operation;
  }

  addMessage(wanted: string, message: AsyncMessageObject): string {
    const key = this.#keyOf('messages', wanted);
    this.messages[key] = {
      ...message,
      headers: toAsyncSchema(message.headers),
      payload: toAsyncSchema(message.payload),
    };
    return key;
  }

  /** Lets a channel carry messages. @returns references to them as the channel's, which operations need. */
  carry(channelKey: string, messageKeys: readonly string[]): Reference[] {
    const channel = this.channels[channelKey]!;
    for (const key of messageKeys) channel.messages[key] = { $ref: `#/components/messages/${key}` };
    return messageKeys.map((key) => ({ $ref: `#/channels/${channelKey}/messages/${key}` }));
  }

  #keyOf(kind: 'channels' | 'operations' | 'messages', wanted: string): string {
    return takeName(wanted.replaceAll(NOT_IN_KEYS, '-'), this.#taken[kind]);
  }
}
