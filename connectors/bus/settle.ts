import type { Delivery, Settlement } from './message.ts';
import type { DeliveryHandler } from './message-bus.ts';

/** What the handler makes of a delivery; what it throws is a retry. */
export async function settlementOf(handler: DeliveryHandler, delivery: Delivery): Promise<Settlement> {
  try {
    return await handler(delivery);
  } catch (error) {
    return { kind: 'retry', reason: error instanceof Error ? error.message : String(error) };
  }
}
