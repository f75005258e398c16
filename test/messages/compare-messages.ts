import { XmlDocument, XmlElement } from 'libxml2-wasm';
import { canonical } from '../../cli/doctor/canonical.ts';
import {
  createXmlJudge,
  formatViolation,
  MessageSchemas,
  subjectsOf,
  type Subject,
  type XmlJudge,
} from '../../judge/index.ts';
import { takeApart } from '../../judge/structure.ts';
import {
  compileCodec,
  compileContract,
  formatDiagnostic,
  type CompileOptions,
  type JsonValue,
  type MessageCodec,
} from '../../wsdl/index.ts';

/** A message to read, and which way it went. */
export interface GivenMessage {
  readonly name: string;
  readonly direction: 'input' | 'output';
  readonly xml: Uint8Array;
}

export interface MessageVerdict {
  readonly name: string;
  /** `same`: read and written again it says the same; `invalid`: not valid against its own schema; `fault`: a SOAP Fault; `broken`: its contract does not compile. */
  readonly kind: 'same' | 'different' | 'unread' | 'invalid' | 'fault' | 'encoded' | 'broken';
  readonly reason?: string;
}

interface Candidate {
  readonly subject: Subject;
  readonly codec: MessageCodec;
}

/** Decodes each message that is valid against the contract, encodes it again, and compares. */
export async function compareMessages(
  wsdl: string,
  messages: readonly GivenMessage[],
  options: CompileOptions = {},
): Promise<MessageVerdict[]> {
  const { contract, documents, diagnostics } = await compileContract(wsdl, options);
  if (!contract) {
    const reason = diagnostics.map(formatDiagnostic)[0] ?? '';
    return messages.map(({ name }) => ({ name, kind: 'broken', reason }));
  }
  const schemas = new MessageSchemas(contract);
  const candidates = contract.services.flatMap(({ name: service, ports }) =>
    ports.flatMap(({ name: port, binding: key }) => {
      const binding = contract.bindings[key]!;
      return binding.operations.flatMap((operation) => {
        const codec = compileCodec(contract, { service, port, operation: operation.id });
        return subjectsOf(binding, operation, schemas)
          .filter(({ direction }) => direction !== 'fault')
          .map((subject): Candidate => ({
            subject,
            codec: subject.direction === 'input' ? codec.input : codec.output!,
          }));
      });
    }),
  );
  const judge = createXmlJudge(documents, schemas.documents());
  try {
    return messages.map((message) => verdictOn(message, candidates, judge));
  } finally {
    judge.close();
  }
}

function verdictOn(message: GivenMessage, candidates: readonly Candidate[], judge: XmlJudge): MessageVerdict {
  const { name, direction } = message;
  try {
    const content = firstInBody(message.xml);
    if (content === 'Fault') return { name, kind: 'fault' };
    if (judge.refusal !== undefined) return { name, kind: 'invalid', reason: `its schema: ${judge.refusal}` };
    const fitting = candidates.filter(({ subject }) => subject.direction === direction);
    const reasons: string[] = [];
    for (const candidate of fitting) {
      const { reason, isUnsure } = opinionOn(message, candidate, judge);
      if (reason === undefined) return { name, ...outcomeOf(message, candidate, isUnsure) };
      // What fails on its content is nearer than what fails on its outer elements.
      if (isAboutContent(reason)) reasons.unshift(reason);
      else reasons.push(reason);
    }
    return { name, kind: 'invalid', reason: reasons[0] ?? 'no operation has such a message' };
  } catch (error) {
    return { name, kind: 'invalid', reason: error instanceof Error ? error.message.trim() : String(error) };
  }
}

function isAboutContent(reason: string): boolean {
  return !/^(?:soap:Body|the document|soap:Envelope) has /.test(reason);
}

function firstInBody(xml: Uint8Array): string {
  const document = XmlDocument.fromBuffer(xml);
  try {
    const found = document.get('/*/*[local-name() = "Body"]/*');
    return found instanceof XmlElement ? found.name : '';
  } finally {
    document.dispose();
  }
}

interface Opinion {
  /** Why the message is not the candidate's, by its own schema. */
  readonly reason?: string | undefined;
  /** A strict wildcard takes an element that no schema declares, unless its xsi:type makes up for it. */
  readonly isUnsure: boolean;
}

function opinionOn({ xml }: GivenMessage, { subject }: Candidate, judge: XmlJudge): Opinion {
  const document = XmlDocument.fromBuffer(xml);
  try {
    const { faults, header, body } = takeApart(document, subject);
    const text = header?.get('text()[normalize-space() != ""]');
    if (text)
      return {
        reason: 'there is text in soap:Header, which holds elements only (SOAP 1.1, 4.2)',
        isUnsure: false,
      };
    if (faults[0] !== undefined || !body) return { reason: faults[0] ?? 'it has no Body', isUnsure: false };
    const verdict = judge.judge(body, subject.types.content);
    return { reason: verdict.faults.map(formatViolation)[0], isUnsure: verdict.isUnsure };
  } finally {
    document.dispose();
  }
}

function outcomeOf(
  { xml }: GivenMessage,
  { subject, codec }: Candidate,
  isUnsure: boolean,
): Omit<MessageVerdict, 'name'> {
  const isEncoded = subject.message?.body.use === 'encoded';
  try {
    const decoded = codec.decode(xml);
    if (decoded.kind === 'fault') return { kind: 'fault' };
    const again = codec.encode(JSON.parse(Buffer.from(decoded.json).toString()) as JsonValue);
    const [before, after] = [bodyOf(xml), bodyOf(again)];
    if (before === after || withoutRepeatedTypes(before, after) === after) return { kind: 'same' };
    return { kind: isEncoded ? 'encoded' : 'different', reason: `${before}\n  ${after}` };
  } catch (error) {
    return {
      kind: isEncoded ? 'encoded' : isUnsure ? 'invalid' : 'unread',
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}

const TYPE = / \{http:\/\/www\.w3\.org\/2001\/XMLSchema-instance\}type="[^"]*"/g;

/** An xsi:type that only repeats the declared type says nothing and is not kept: those that `after` has none of are left out. */
function withoutRepeatedTypes(before: string, after: string): string {
  const kept = new Set(after.match(TYPE));
  return before.replace(TYPE, (type) => (kept.has(type) ? type : ''));
}

/**
 * The Body in its canonical form: headers that no contract declares are not read, and an element with nothing but a line
 * break in it is empty.
 */
function bodyOf(xml: Uint8Array): string {
  const [, body = ''] = /\}Body(.*)$/s.exec(canonical(xml)) ?? [];
  return body.replace(/>"\\n[ \\nt]*"<\/>/g, '></>');
}
