import { LineCounter, parseDocument, type Document } from 'yaml';
import type { ScenarioProblem } from './problem.ts';
import { YamlNode } from './yaml-node.ts';

/** A file that is being read, and what was found to be wrong with it so far. */
export interface YamlSource {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly problems: ScenarioProblem[];
  /** Aliases followed so far: aliases of aliases can stand for more than the memory holds. */
  aliases: number;
}

/** Reads a YAML text, or JSON, which is YAML. Undefined if it is not well formed; `problems` then say why. */
export function readYaml(file: string, text: string, problems: ScenarioProblem[]): YamlNode | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const source: YamlSource = { file, document, lines, problems, aliases: 0 };
  for (const { pos, message } of document.errors) {
    const { line, col } = lines.linePos(pos[0]);
    problems.push({ file, line, column: col, message: message.split('\n')[0] ?? message });
  }
  return document.errors.length === 0 ? new YamlNode(source, document.contents, 0) : undefined;
}
