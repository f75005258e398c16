import { WSDL_NAMESPACE } from './wsdl-context.ts';
import type { MimeContentNode } from './wsdl-nodes.ts';
import type { XmlElement } from './xml-element.ts';

const MIME_NAMESPACE = 'http://schemas.xmlsoap.org/wsdl/mime/';

/** `<mime:multipartRelated> <mime:part> ... </mime:part>* </mime:multipartRelated>` (WSDL 1.1, 5.5) */
export function mimeParts(message: XmlElement): XmlElement[] {
  return message
    .childrenNamed(MIME_NAMESPACE, 'multipartRelated')
    .flatMap((related) => related.children)
    .filter(
      ({ name }) =>
        name.local === 'part' && (name.namespace === MIME_NAMESPACE || name.namespace === WSDL_NAMESPACE),
    );
}

/** `<mime:part> (<mime:content part? type?/> | <mime:mimeXml part?/>)* </mime:part>`: each part's are alternatives (WSDL 1.1, 5.2 to 5.4) */
export function parseMimePart(part: XmlElement): MimeContentNode[] {
  const alternatives = part.children.filter(
    ({ name }) => name.namespace === MIME_NAMESPACE && (name.local === 'content' || name.local === 'mimeXml'),
  );
  const [source] = alternatives;
  if (!source) return [];
  const name = alternatives.map((one) => one.attribute('part')?.trim()).find((given) => given);
  return [
    { ...(name !== undefined && { part: name }), mediaTypes: alternatives.flatMap(mediaTypeOf), source },
  ];
}

function mediaTypeOf(content: XmlElement): string[] {
  if (content.name.local === 'mimeXml') return ['text/xml'];
  const type = content.attribute('type')?.trim().toLowerCase();
  return type === undefined || type === '' || type === '*/*' ? [] : [type];
}
