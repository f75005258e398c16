import { BusError } from './bus-error.ts';
import type { BusTopology } from './bus-topology.ts';
import { TEXT_PROPERTIES, type Publication } from './message.ts';

/** A short string has a length of one byte (AMQP 0-9-1, 4.2.5.3). */
const LONGEST_SHORT_STRING = 255;

/**
 * What a broker would refuse by closing the channel, and all that is on its way with it, does not get there.
 * @throws BusError INVALID_MESSAGE
 */
export function assertMessage(publication: Publication, exchanges: ReadonlySet<string>): void {
  const { exchange, routingKey, properties } = publication;
  if (exchange !== '' && !exchanges.has(exchange))
    throw invalid(`exchange "${exchange}" is not in the topology; name it in bus.exchanges`);
  if (exchange === '' && routingKey === '') throw invalid('the default exchange needs the name of a queue');
  assertShort('the routing key', routingKey);
  for (const name of TEXT_PROPERTIES) {
    const text = properties[name];
    if (text !== undefined) assertShort(name, text);
  }
}

/** All exchanges that may be published to, besides the default one. */
export function exchangesOf({
  exchanges,
  foreignExchanges = [],
  deadLetterExchange,
}: BusTopology): ReadonlySet<string> {
  return new Set([...exchanges, ...foreignExchanges, deadLetterExchange]);
}

function assertShort(name: string, text: string): void {
  // Three bytes at most are in one unit of UTF-16: the short need not be counted.
  if (text.length * 3 <= LONGEST_SHORT_STRING || Buffer.byteLength(text) <= LONGEST_SHORT_STRING) return;
  throw invalid(`${name} is longer than ${LONGEST_SHORT_STRING} bytes`);
}

function invalid(message: string): BusError {
  return new BusError('INVALID_MESSAGE', `the message cannot be published: ${message}`, {
    mayHaveBeenPublished: false,
  });
}
