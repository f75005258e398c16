import type { XmlDocument } from 'libxml2-wasm';
import { takeApart } from './structure.ts';
import type { Subject } from './subject.ts';
import type { Violation } from './violation.ts';
import type { XmlJudge } from './xml-judge.ts';

/** What libxml2 has to say of a whole envelope. */
export interface EnvelopeVerdict {
  /** What is wrong around the declared content, e.g. a body element that is not the binding's. */
  readonly structure: readonly string[];
  readonly faults: readonly Violation[];
  /** See `XmlVerdict`. */
  readonly identityFaults: readonly Violation[];
  readonly isUnsure: boolean;
}

/**
 * Judges the header blocks and the body, or the detail of a fault, by the types of the subject. Where libxml2 refuses the
 * schemas, only the structure is looked at. Marks the document.
 */
export function judgeEnvelope(document: XmlDocument, subject: Subject, judge: XmlJudge): EnvelopeVerdict {
  const { faults: structure, header, body, detail } = takeApart(document, subject);
  const { types } = subject;
  const typed = [
    { element: header, type: types.header },
    { element: subject.fault ? detail : body, type: types.content },
  ];
  const isJudged = structure.length === 0 && judge.refusal === undefined;
  const verdicts = (isJudged ? typed : []).flatMap(({ element, type }) =>
    element && type ? [judge.judge(element, type)] : [],
  );
  return {
    structure,
    faults: verdicts.flatMap(({ faults }) => faults),
    identityFaults: verdicts.flatMap(({ identityFaults }) => identityFaults),
    isUnsure: verdicts.some(({ isUnsure }) => isUnsure),
  };
}
