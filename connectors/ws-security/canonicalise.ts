import { ParseOption, XmlC14NMode, XmlDocument, type SubtreeC14NOptions } from 'libxml2-wasm';

/**
 * Nothing is fetched. The limits on depth and text are lifted to 2,048 levels and 1 GB: whoever calls bounds the size and
 * lets no DTD through.
 */
const PARSE = {
  option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_HUGE | ParseOption.XML_PARSE_NOERROR,
};

/** Runs `work` on the tree of a document, which lives no longer. @throws XmlParseError if it is not well formed. */
export function withDocument<T>(xml: Uint8Array, work: (document: XmlDocument) => T): T {
  const document = XmlDocument.fromBuffer(xml, PARSE);
  try {
    return work(document);
  } finally {
    document.dispose();
  }
}

/** Canonical XML 1.0 without comments. */
export function canonicalInclusive(document: XmlDocument): Buffer {
  return canonical(document, { mode: XmlC14NMode.XML_C14N_1_0 });
}

/** Exclusive XML Canonicalization 1.0 without comments; `prefixes` is its InclusiveNamespaces PrefixList. */
export function canonicalExclusive(document: XmlDocument, prefixes: readonly string[] = []): Buffer {
  return canonical(document, exclusive(prefixes));
}

export function exclusive(prefixes: readonly string[]): SubtreeC14NOptions {
  return {
    mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
    ...(prefixes.length > 0 && { inclusiveNamespacePrefixes: [...prefixes] }),
  };
}

function canonical(document: XmlDocument, options: SubtreeC14NOptions): Buffer {
  const runs: Buffer[] = [];
  const write = (run: Uint8Array): number => runs.push(Buffer.from(run)) && run.length;
  document.canonicalize({ write, close: () => true }, options);
  return Buffer.concat(runs);
}
