import type { Contract, Operation } from '../../wsdl/index.ts';
import { membersOfMessage, type Member } from '../members.ts';
import { toWords } from '../words.ts';

const READS: ReadonlySet<string> = new Set(
  'get find list search query check retrieve read describe lookup fetch show view count inquire enquire'.split(
    ' ',
  ),
);

/** What makes a read of the names above something else: `GetAndLock`, `CheckOut`. */
const NOT_READS = /^(check (in|out)|\w+ (and|or))\b/;

/** What URLs, and so access logs, must not hold. */
const SECRETS: ReadonlySet<string> = new Set(
  'password passwd pwd passcode passphrase pin secret token otp cvv cvc credential credentials'.split(' '),
);

/** Last words of members that identify something, and so may stand in the path. */
const IDENTIFIERS: ReadonlySet<string> = new Set('id number code key iban reference'.split(' '));

/** Whether an operation can be GET: named like a read, and with an input that parameters can carry. */
export function isRead(contract: Contract, operation: Operation): boolean {
  const words = toWords(operation.name);
  if (!READS.has(words[0] ?? '') || NOT_READS.test(words.join(' ')) || !operation.output) return false;
  if (operation.input.headers.length > 0) return false;
  return membersOfMessage(contract, operation.input).every((member) => isScalar(member) && !isSecret(member));
}

/** Names of the required members that identify something and can stand in a path template. */
export function toPathParameters(members: readonly Member[]): string[] {
  return members
    .filter((member) => member.isRequired && member.value.kind === 'scalar' && isIdentifier(member.name))
    .map((member) => member.name);
}

function isScalar({ value }: Member): boolean {
  return value.kind === 'scalar' || value.kind === 'array';
}

function isSecret({ name }: Member): boolean {
  return toWords(name).some((word) => SECRETS.has(word));
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) && IDENTIFIERS.has(toWords(name).at(-1) ?? '');
}
