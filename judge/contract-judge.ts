import { XmlDocument } from 'libxml2-wasm';
import type { Contract, Message, Operation, SourceDocument } from '../wsdl/index.ts';
import { elementsIn } from './schema-documents.ts';
import { judgeEnvelope, type EnvelopeVerdict } from './judge-envelope.ts';
import { MessageSchemas } from './message-schema.ts';
import { subjectsOf, type Subject } from './subject.ts';
import { createXmlJudge } from './xml-judge.ts';

/** Which message of an operation an envelope is; `fault` is the name of the declared fault. */
export interface MessageKind {
  readonly direction: 'input' | 'output' | 'fault';
  readonly fault?: string;
}

/** libxml2 with the schemas of a contract. Holds memory outside of JavaScript's: close it. */
export interface ContractJudge {
  /** Why libxml2 refuses the schemas of the contract; then only the structure of envelopes is judged. */
  readonly refusal?: string;
  /**
   * Judges the bytes of an envelope. Header blocks that the contract does not declare are no matter of its schemas. Undefined for
   * a message that the contract says nothing about. @throws XmlParseError for what is not well formed.
   */
  judge(envelope: Uint8Array, operation: Operation, kind: MessageKind): EnvelopeVerdict | undefined;
  close(): void;
}

/** @param documents that the contract was compiled from. */
export function openContractJudge(contract: Contract, documents: readonly SourceDocument[]): ContractJudge {
  const schemas = new MessageSchemas(contract);
  const subjects = new Map(
    Object.values(contract.bindings).flatMap((binding) =>
      binding.operations.map((operation) => [operation, subjectsOf(binding, operation, schemas)] as const),
    ),
  );
  const judge = createXmlJudge(documents, schemas.documents());
  return {
    ...(judge.refusal !== undefined && { refusal: judge.refusal }),
    judge(envelope, operation, kind) {
      const subject = subjects.get(operation)?.find((candidate) => isOfKind(candidate, kind));
      if (subject === undefined) return undefined;
      const document = XmlDocument.fromBuffer(envelope);
      try {
        dropUndeclaredHeaders(document, subject.message);
        return judgeEnvelope(document, subject, judge);
      } finally {
        document.dispose();
      }
    },
    close: () => {
      judge.close();
    },
  };
}

function isOfKind(subject: Subject, { direction, fault }: MessageKind): boolean {
  return subject.direction === direction && subject.fault?.name === fault;
}

function dropUndeclaredHeaders(document: XmlDocument, message: Message | undefined): void {
  const [header] = elementsIn(document.root);
  if (header?.name !== 'Header') return;
  for (const block of elementsIn(header)) {
    const isDeclared = message?.headers.some(
      ({ name }) => name.local === block.name && name.namespace === block.namespaceUri,
    );
    if (!isDeclared) block.remove();
  }
}
