import type { SettleBinding } from '../../openapi/index.ts';
import type { JsonValue } from '../../wsdl/index.ts';
import { invoke } from '../operations/invoke.ts';
import { hasMember, memberAt, setMember } from '../operations/member.ts';
import type { CallContext, SettleRuntime } from '../operations/operation-runtime.ts';
import type { Principal } from '../operations/principal.ts';

/** What a query says of a call whose outcome is unknown. */
export type Verdict =
  | { readonly kind: 'done'; readonly json: Uint8Array }
  | { readonly kind: 'not-done' }
  /** It said neither. */
  | { readonly kind: 'failed'; readonly cause?: unknown };

/** Asks the service whether it carried a call out, whose whole input was `called`. Never throws. */
export async function askWhetherDone(
  query: SettleRuntime,
  principal: Principal,
  called: JsonValue,
  keyUuid: string,
  context: CallContext,
): Promise<Verdict> {
  const input: JsonValue = {};
  for (const binding of query.input) {
    const value = valueOf(binding, called, keyUuid);
    if (value !== undefined) setMember(input, binding.member, value);
  }
  try {
    const answer = await invoke(query.operation, principal, input, { ...context, binaryMember: undefined });
    if (answer.kind === 'fault')
      return answer.fault.detail !== undefined && answer.fault.detail.name === query.notFound
        ? { kind: 'not-done' }
        : { kind: 'failed' };
    if (answer.kind !== 'message') return { kind: 'failed' };
    return query.found === undefined || hasMember(parse(answer.json), query.found)
      ? { kind: 'done', json: answer.json }
      : { kind: 'not-done' };
  } catch (cause) {
    return { kind: 'failed', cause };
  }
}

function valueOf(binding: SettleBinding, called: JsonValue, keyUuid: string): JsonValue | undefined {
  switch (binding.from) {
    case 'key':
      return keyUuid;
    case 'const':
      return binding.value;
    case 'input':
      return memberAt(called, binding.path);
  }
}

function parse(json: Uint8Array): JsonValue {
  return JSON.parse(Buffer.from(json).toString()) as JsonValue;
}
