export { MessageSchemas } from './message-schema.ts';
export { judgeEnvelope, type EnvelopeVerdict } from './judge-envelope.ts';
export { formatViolation, type Violation } from './violation.ts';
export { openContractJudge, type ContractJudge, type MessageKind } from './contract-judge.ts';
export { subjectsOf, type Direction, type Subject } from './subject.ts';
export { createXmlJudge, type XmlJudge } from './xml-judge.ts';
