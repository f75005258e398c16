import { SOAP_ENVELOPE_NAMESPACE, type SoapVersion } from '../wsdl/index.ts';
import { escapeXml } from './scan-tags.ts';

/** SOAP 1.2 Part 1, 5.4.6; SOAP 1.1 calls the first two Client and Server. */
export type FaultCode = 'Sender' | 'Receiver' | 'VersionMismatch' | 'MustUnderstand' | 'DataEncodingUnknown';

/** A SOAP Fault that no operation declares: what the mock itself has to say about a request. `detail` is XML, if there is any. */
export function toFaultEnvelope(
  soapVersion: SoapVersion,
  code: FaultCode,
  reason: string,
  detail: string = '',
): string {
  const text = escapeXml(withoutControls(reason));
  const entries = withoutControls(detail);
  return soapVersion === '1.1' ? fault11(code, text, entries) : fault12(code, text, entries);
}

/** XML 1.0, 2.2: control characters cannot be written, not even as references. */
function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}

const CODES_11: Readonly<Record<FaultCode, string>> = {
  Sender: 'Client',
  Receiver: 'Server',
  VersionMismatch: 'VersionMismatch',
  MustUnderstand: 'MustUnderstand',
  DataEncodingUnknown: 'Client',
};

/** SOAP 1.1, 4.4. */
function fault11(code: FaultCode, reason: string, detail: string): string {
  const entries = detail === '' ? '' : `<detail>${detail}</detail>`;
  return envelope(
    '1.1',
    '',
    `<faultcode>e:${CODES_11[code]}</faultcode><faultstring>${reason}</faultstring>${entries}`,
  );
}

/** SOAP 1.2 Part 1, 5.4; a VersionMismatch names what would be understood (5.4.7). */
function fault12(code: FaultCode, reason: string, detail: string): string {
  const upgrade = `<e:Upgrade><e:SupportedEnvelope qname="e:Envelope"/></e:Upgrade>`;
  const header = code === 'VersionMismatch' ? `<e:Header>${upgrade}</e:Header>` : '';
  const text = `<e:Reason><e:Text xml:lang="en">${reason}</e:Text></e:Reason>`;
  const entries = detail === '' ? '' : `<e:Detail>${detail}</e:Detail>`;
  return envelope('1.2', header, `<e:Code><e:Value>e:${code}</e:Value></e:Code>${text}${entries}`);
}

function envelope(soapVersion: SoapVersion, header: string, fault: string): string {
  const namespace = SOAP_ENVELOPE_NAMESPACE[soapVersion];
  return `<e:Envelope xmlns:e="${namespace}">${header}<e:Body><e:Fault>${fault}</e:Fault></e:Body></e:Envelope>`;
}

/** SOAP 1.1, 6.2: always 500. SOAP 1.2 Part 2, table 20: 400 for the sender's faults, 500 for the others. */
export function faultStatus(soapVersion: SoapVersion, code: FaultCode): 400 | 500 {
  return soapVersion === '1.2' && (code === 'Sender' || code === 'DataEncodingUnknown') ? 400 : 500;
}
