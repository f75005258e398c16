import { XSD_NAMESPACE } from '../qname.ts';
import type { Findings } from './findings.ts';
import { WSDL_NAMESPACE } from './wsdl-context.ts';
import type { XmlElement } from './xml-element.ts';

const WSDL_2_0_NAMESPACES: ReadonlySet<string> = new Set([
  'http://www.w3.org/ns/wsdl',
  'http://www.w3.org/2006/01/wsdl',
]);

/** True for a WSDL 1.1; reports what it is instead. */
export function identifyDocument(root: XmlElement, findings: Findings): boolean {
  if (root.is(WSDL_NAMESPACE, 'definitions')) return true;
  if (WSDL_2_0_NAMESPACES.has(root.name.namespace)) {
    findings.error('WSDL_VERSION', root, 'This is a WSDL 2.0 document. Give the WSDL 1.1 of the service.');
  } else {
    const kind = root.is(XSD_NAMESPACE, 'schema')
      ? 'an XML Schema'
      : `a document with the root element <${root.rawName}>`;
    findings.error('WSDL_NOT_A_WSDL', root, `This is ${kind}, not a WSDL. Give the WSDL of the service.`);
  }
  return false;
}
