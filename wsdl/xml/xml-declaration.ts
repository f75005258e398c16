import { notXml } from './xml-error.ts';

/** XMLDecl (XML 1.0 fifth edition, 2.8): 1.x is read as 1.0. */
const XML_DECLARATION =
  /^<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')(?:\s+encoding\s*=\s*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>$/;

/** @throws XmlError if it is malformed. */
export function checkXmlDeclaration(declaration: string): void {
  if (!XML_DECLARATION.test(declaration)) notXml('the XML declaration is malformed');
}

/** The encoding that a declaration names, if it is well-formed and names one. */
export function declaredEncoding(declaration: string): string | undefined {
  const match = XML_DECLARATION.exec(declaration);
  return match?.[1] ?? match?.[2];
}
