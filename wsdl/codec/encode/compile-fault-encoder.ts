import type { Contract, ElementParticle, FaultMessage } from '../../contract.ts';
import type { SoapVersion } from '../../qname.ts';
import { escapeText, hasIllegalXmlCharacter } from '../../xml/escape.ts';
import { attachmentSink } from '../attachments/attachment-sink.ts';
import type { FaultToEncode } from '../codec.ts';
import { output } from './byte-output.ts';
import { encoderOf } from './compile-encoder.ts';
import type { MessageEncoder } from './encode-message.ts';
import { encoderTable, type EncoderTable } from './encoder-table.ts';
import { envelopeOf } from './envelope.ts';
import { report } from './fault-collector.ts';
import { generateElement } from './generate-element.ts';
import type { EncoderMode } from './source-writer.ts';
import type { TypeEncoder } from './type-encoder.ts';

export interface FaultEncoderPlan {
  readonly contract: Contract;
  readonly soapVersion: SoapVersion;
  readonly faults: readonly FaultMessage[];
}

/** XML of soap:Fault. */
interface FaultLayout {
  readonly explanation: string;
  /** Around the detail, if there is one. */
  readonly detail: readonly [start: string, end: string];
}

/** @param reason escaped. */
type LayOutFault = (category: FaultToEncode['category'], reason: string) => FaultLayout;

const LAYOUTS: Readonly<Record<SoapVersion, LayOutFault>> = { '1.1': layOutSoap11, '1.2': layOutSoap12 };

/**
 * Fault -> SOAP envelope in UTF-8. The function throws a ValueError if the detail does not fit its declaration (pointers start
 * at the detail's value), and an Error if no such fault is declared.
 */
export function compileFaultEncoder(plan: FaultEncoderPlan): (fault: FaultToEncode) => Uint8Array {
  const encode = encoderOf<FaultToEncode>((mode) => encodeFault(plan, mode));
  const sink = attachmentSink(plan.contract);
  return (fault) => {
    // A fault travels alone: its binary content stays in it.
    sink.begin(Infinity);
    return encode(fault);
  };
}

function encodeFault(
  { contract, soapVersion, faults: declared }: FaultEncoderPlan,
  mode: EncoderMode,
): MessageEncoder<FaultToEncode> {
  const table = encoderTable(contract, mode);
  const layOut = LAYOUTS[soapVersion];
  const details = new Map(declared.map(({ name, detail }) => [name, detailEncoder(table, detail)]));
  const particles = new Map(declared.map(({ name, detail }) => [name, detail]));
  return ({ category, reason, detail, undeclaredDetail }, faults, at) => {
    const encode = detail && details.get(detail.name);
    if (detail && !encode) throw undeclared(detail.name, declared);
    const particle = detail && particles.get(detail.name);
    const namespaces = particle ? table.prefixes.usedByElement(particle) : new Set<string>();
    const { opening, closing } = envelopeOf(soapVersion, table.prefixes, namespaces);
    if (hasIllegalXmlCharacter(reason))
      report(faults, '', 'xml-character', 'has a reason with characters that XML cannot carry');
    const layout = layOut(category, escapeText(reason));
    const [before, after] = encode || undeclaredDetail !== undefined ? layout.detail : ['', ''];
    const start = output.text(at, `${opening}<soap:Body><soap:Fault>${layout.explanation}${before}`);
    const end = encode
      ? encode(detail.value, 0, '', faults, start)
      : output.text(start, undeclaredDetail ?? '');
    return output.text(end, `${after}</soap:Fault></soap:Body>${closing}`);
  };
}

function detailEncoder(table: EncoderTable, detail: ElementParticle): TypeEncoder {
  return table.compile((writer) => {
    generateElement({ table, writer }, detail, 'v', 'p');
  });
}

function undeclared(name: string, declared: readonly FaultMessage[]): Error {
  const names = declared.map((fault) => `"${fault.name}"`).join(', ');
  return new Error(
    `The operation declares no fault "${name}"; ${names === '' ? 'it declares none' : `declared are ${names}`}`,
  );
}

/** SOAP 1.1, 4.4. */
function layOutSoap11(category: FaultToEncode['category'], reason: string): FaultLayout {
  const code = category === 'Sender' ? 'Client' : 'Server';
  return {
    explanation: `<faultcode>soap:${code}</faultcode><faultstring>${reason}</faultstring>`,
    detail: ['<detail>', '</detail>'],
  };
}

/** SOAP 1.2 Part 1, 5.4. */
function layOutSoap12(category: FaultToEncode['category'], reason: string): FaultLayout {
  const code = `<soap:Code><soap:Value>soap:${category}</soap:Value></soap:Code>`;
  return {
    explanation: `${code}<soap:Reason><soap:Text xml:lang="en">${reason}</soap:Text></soap:Reason>`,
    detail: ['<soap:Detail>', '</soap:Detail>'],
  };
}
