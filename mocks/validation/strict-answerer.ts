import { Readable } from 'node:stream';
import {
  defaultLimits,
  parseMediaType,
  readPackage,
  type Contract,
  type JsonValue,
  type MessageCodec,
  type OperationCodec,
} from '../../wsdl/index.ts';
import type { ContractJudge, EnvelopeVerdict, MessageKind } from '../../judge/index.ts';
import type { Answerer, SoapCall } from '../call.ts';
import { decodeText } from '../decode-text.ts';
import type { SoapAnswer } from '../encode-answer.ts';
import type { MockedContract } from '../endpoint.ts';
import { ContractBreach, type ContractViolation } from './contract-breach.ts';
import { toContractViolation } from './schema-rule.ts';
import { MockSetupError } from '../mock-setup-error.ts';

/** Strict mode: libxml2 judges each request and each answer. Holds memory outside of JavaScript's: close it. */
export interface StrictMode {
  /** Stands before all others. Refuses what is invalid by a fault: Sender for a request, Receiver for an answer. */
  readonly answerer: Answerer;
  close(): void;
}

/** @throws Error for a contract without its documents, and for one whose schemas libxml2 refuses. */
export async function openStrictMode(contracts: readonly MockedContract[]): Promise<StrictMode> {
  const judges = new Map<Contract, ContractJudge>();
  const close = (): void => {
    for (const judge of judges.values()) judge.close();
  };
  try {
    for (const mocked of contracts) judges.set(mocked.contract, await openJudge(mocked));
  } catch (error) {
    close();
    throw error;
  }
  const answerer: Answerer = async (call, next) => {
    const judge = judges.get(call.endpoint.contract)!;
    checkRequest(judge, call);
    const answered = await next();
    await checkAnswer(judge, call, answered.answer);
    return answered;
  };
  return { answerer, close };
}

async function openJudge({ contract, documents }: MockedContract): Promise<ContractJudge> {
  if (documents.length === 0)
    throw new MockSetupError(
      `strict mode needs the documents of ${contract.name}: give its WSDL, or a contract locked with its documents`,
    );
  // WebAssembly that only strict mode pays for.
  const { openContractJudge } = await import('../../judge/index.ts');
  const judge = openContractJudge(contract, documents);
  if (judge.refusal === undefined) return judge;
  judge.close();
  throw new MockSetupError(
    `strict mode: libxml2 refuses the schemas of ${contract.name} (${judge.refusal}); mend them, or mock without strict mode`,
  );
}

function checkRequest(judge: ContractJudge, { codec, operation, received, input }: SoapCall): void {
  const { envelope, packaging, charset } = received;
  const plain = packaging === 'xop' ? codec.input.encode(input) : inUtf8(envelope, charset);
  const violations = violationsOf(judge.judge(plain, operation, { direction: 'input' }));
  if (isSome(violations))
    throw new ContractBreach('Sender', `the request does not fit ${operation.id}`, violations);
}

async function checkAnswer(
  judge: ContractJudge,
  { codec, operation }: SoapCall,
  answer: SoapAnswer,
): Promise<void> {
  const kind = kindOf(codec, answer);
  if (kind === undefined) return;
  const violations = violationsOf(judge.judge(await plainEnvelope(codec, answer), operation, kind));
  if (isSome(violations))
    throw new ContractBreach(
      'Receiver',
      `the answer of ${operation.id} does not fit its contract`,
      violations,
    );
}

/** Undefined for what the contract says nothing about: no answer, and a fault that it does not declare. */
function kindOf({ output }: OperationCodec, { outcome, body }: SoapAnswer): MessageKind | undefined {
  if (output === undefined || outcome === 'accepted') return undefined;
  if (outcome === 'output') return { direction: 'output' };
  const decoded = output.decode(Buffer.from(body));
  const fault = decoded.kind === 'fault' ? decoded.fault.detail?.name : undefined;
  return fault === undefined ? undefined : { direction: 'fault', fault };
}

/** The envelope with all content in it: schemas know nothing of xop:Include. */
async function plainEnvelope(
  { output }: OperationCodec,
  { body, contentType }: SoapAnswer,
): Promise<Uint8Array> {
  if (contentType === undefined) return Buffer.from(body);
  const { envelope, attachments, packaging } = await readPackage(
    Readable.from([Buffer.from(body)]),
    parseMediaType(contentType),
    defaultLimits,
  );
  if (packaging !== 'xop') return envelope;
  const decoded = (output as MessageCodec).decode(envelope, { attachments });
  if (decoded.kind === 'fault') return envelope;
  return output!.encode(JSON.parse(Buffer.from(decoded.json).toString('utf8')) as JsonValue);
}

const DECLARATION = /^<\?xml[^>]*\?>/;

/** The Content-Type may name another encoding than the XML declaration, and it counts (RFC 7303, 3). Lines stay where they are. */
function inUtf8(envelope: Uint8Array, charset: string | undefined): Uint8Array {
  const text = decodeText(envelope, charset);
  return Buffer.from(text.replace(DECLARATION, (declaration) => declaration.replace(/[^\n]+/g, '')));
}

function violationsOf(verdict: EnvelopeVerdict | undefined): ContractViolation[] {
  if (verdict === undefined) return [];
  const structure = verdict.structure.map((message) => ({ rule: 'structure', message, line: 1 }));
  return [...structure, ...[...verdict.faults, ...verdict.identityFaults].map(toContractViolation)];
}

function isSome<T>(entries: readonly T[]): entries is readonly [T, ...T[]] {
  return entries.length > 0;
}
