/** W3C Trace Context, 3.3.1. */
const MOST_MEMBERS = 32;
/** At least as many have to be passed on (3.3.1.5); longer ones are not. */
const MOST_CHARACTERS = 8192;

/** 3.3.1.3.1: a name, or a tenant and a system. */
const KEY = /^(?:[a-z][a-z\d_*/-]{0,255}|[a-z\d][a-z\d_*/-]{0,240}@[a-z][a-z\d_*/-]{0,13})$/;
/** 3.3.1.3.2: printable ASCII without comma and equals sign, no blank at its end. */
const VALUE = /^[ -+\--<>-~]{0,255}[!-+\--<>-~]$/;

/** What systems along the way keep for themselves, to be passed on. @returns undefined for what is invalid: then all of it is dropped (3.3). */
export function parseTracestate(text: string): string | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const members = text
    .split(',')
    .map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((member) => member !== '');
  const keys = new Set(members.map(keyOf));
  const isValid = members.length <= MOST_MEMBERS && keys.size === members.length && !keys.has(undefined);
  return isValid && members.length > 0 ? members.join(',') : undefined;
}

function keyOf(member: string): string | undefined {
  const equals = member.indexOf('=');
  const key = member.slice(0, Math.max(0, equals));
  return KEY.test(key) && VALUE.test(member.slice(equals + 1)) ? key : undefined;
}
