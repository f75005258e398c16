import { SOAP12_ENCODING_NAMESPACE } from '../builtin-types.ts';
import { XSD_NAMESPACE } from '../qname.ts';

/** Drafts and forerunners of a standard, which contracts still name, by the namespace that the standard has. */
const OLD_NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/1999/XMLSchema', XSD_NAMESPACE],
  ['http://www.w3.org/2000/08/XMLSchema', XSD_NAMESPACE],
  ['http://www.w3.org/2000/10/XMLSchema', XSD_NAMESPACE],
  ['http://www.w3.org/2001/06/soap-encoding', SOAP12_ENCODING_NAMESPACE],
  ['http://www.w3.org/2001/09/soap-encoding', SOAP12_ENCODING_NAMESPACE],
  ['http://www.w3.org/2001/12/soap-encoding', SOAP12_ENCODING_NAMESPACE],
  ['http://www.w3.org/2002/06/soap-encoding', SOAP12_ENCODING_NAMESPACE],
  ['http://www.w3.org/2002/12/soap-encoding', SOAP12_ENCODING_NAMESPACE],
]);

/** The namespace that a document means by `uri`: what is written in an older one is read as if it were in the standard's. */
export function currentNamespace(uri: string): string {
  return OLD_NAMESPACES.get(uri) ?? uri;
}

/** Built-in types that had other names before the recommendation of 2001. */
export const OLD_TYPE_NAMES: Readonly<Record<string, string>> = {
  'ur-type': 'anyType',
  CDATA: 'normalizedString',
  binary: 'base64Binary',
  century: 'gYear',
  month: 'gYearMonth',
  recurringDate: 'gMonthDay',
  recurringDay: 'gDay',
  recurringDuration: 'string',
  timeDuration: 'duration',
  timeInstant: 'dateTime',
  timePeriod: 'string',
  uriReference: 'anyURI',
  year: 'gYear',
};
