import type { SimpleCodec } from '../simple/simple-codec.ts';
import type { CompiledSimpleType } from './contract-types.ts';
import { ModelCursor } from './model-cursor.ts';
import type { RawCopy } from './raw-copy.ts';

/**
 * What an open element holds: children by a content model, text of a simple type, nothing, raw XML of its content, or
 * nothing of its own because the whole element is copied as raw XML or, in a check, passed over.
 */
export type FrameMode = 'model' | 'text' | 'empty' | 'content' | 'element' | 'skipped';

/** The text of an element as its declaration sees it. */
export interface TextRule {
  readonly codec: SimpleCodec;
  /** Member for the text, where it stands in an object; '' where the JSON is the value itself. */
  readonly member: string;
  /** What an empty element means. */
  readonly default: string | undefined;
  readonly fixed: string | undefined;
  /** A type named by xsi:type that is narrower than the declared one. */
  readonly narrower: CompiledSimpleType | undefined;
}

/** An element being decoded. Frames are reused: there is one for each depth. */
export class Frame {
  mode: FrameMode = 'empty';
  /** Written when the element ends. */
  closing: '' | '}' | ']' | ']}' = '';
  readonly cursor: ModelCursor = new ModelCursor();
  text: TextRule | undefined;
  raw: RawCopy | undefined;
  /** Text may stand between the elements: mixed content that is checked. */
  isMixed = false;
  /** Member for the raw XML of the content. */
  rawMember = '';
}
