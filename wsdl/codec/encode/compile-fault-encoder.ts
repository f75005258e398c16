import type { Contract, ElementParticle, FaultMessage } from '../../contract.ts';
import type { SoapVersion } from '../../qname.ts';
import { escapeText, hasIllegalXmlCharacter } from '../../xml/escape.ts';
import { attachmentSink } from '../attachments/attachment-sink.ts';
import type { FaultToEncode } from '../codec.ts';
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

/** XML of soap:Fault from its escaped parts. `detail` is empty if there is none. */
type FaultLayout = (category: FaultToEncode['category'], reason: string, detail: string) => string;

const LAYOUTS: Readonly<Record<SoapVersion, FaultLayout>> = { '1.1': layOutSoap11, '1.2': layOutSoap12 };

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
  return ({ category, reason, detail }, faults) => {
    const encode = detail && details.get(detail.name);
    if (detail && !encode) throw undeclared(detail.name, declared);
    const particle = detail && particles.get(detail.name);
    const namespaces = particle ? table.prefixes.usedByElement(particle) : new Set<string>();
    const { opening, closing } = envelopeOf(soapVersion, table.prefixes, namespaces);
    if (hasIllegalXmlCharacter(reason))
      report(faults, '', 'xml-character', 'has a reason with characters that XML cannot carry');
    const xml = encode ? encode(detail.value, 0, '', faults) : '';
    return `${opening}<soap:Body><soap:Fault>${layOut(category, escapeText(reason), xml)}</soap:Fault></soap:Body>${closing}`;
  };
}

function detailEncoder(table: EncoderTable, detail: ElementParticle): TypeEncoder {
  return table.compile((writer) => {
    writer.line('let o = "";');
    generateElement({ table, writer }, detail, 'v', 'p');
    writer.line('return o;');
  });
}

function undeclared(name: string, declared: readonly FaultMessage[]): Error {
  const names = declared.map((fault) => `"${fault.name}"`).join(', ');
  return new Error(
    `The operation declares no fault "${name}"; ${names === '' ? 'it declares none' : `declared are ${names}`}`,
  );
}

/** SOAP 1.1, 4.4. */
function layOutSoap11(category: FaultToEncode['category'], reason: string, detail: string): string {
  const code = category === 'Sender' ? 'Client' : 'Server';
  const detailXml = detail && `<detail>${detail}</detail>`;
  return `<faultcode>soap:${code}</faultcode><faultstring>${reason}</faultstring>${detailXml}`;
}

/** SOAP 1.2 Part 1, 5.4. */
function layOutSoap12(category: FaultToEncode['category'], reason: string, detail: string): string {
  const code = `<soap:Code><soap:Value>soap:${category}</soap:Value></soap:Code>`;
  const text = `<soap:Reason><soap:Text xml:lang="en">${reason}</soap:Text></soap:Reason>`;
  return `${code}${text}${detail && `<soap:Detail>${detail}</soap:Detail>`}`;
}
