/**
 * `${NAME}` and `${NAME:-default}` in a YAML text; `$${` stands for a literal `${`. A default is also used for an
 * empty variable, as in a shell.
 */
const TOKEN = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}\n]*))?\}/g;

// Private-use characters: no syntax to YAML, so a token may stand in flow mappings too, where `{` could not.
const START = 0xe000;
const DIGIT = 0xe100;
const BASE = 4096;
const MARKER = /\ue000([\ue100-\uf0ff])([\ue100-\uf0ff])\ue001*/g;

interface Token {
  readonly name?: string;
  readonly standard?: string;
}

export interface MarkedText {
  /** The text with each token replaced by a marker of the same length, so that positions stay. */
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** Replaces tokens by markers before YAML is parsed: a value can then never become syntax, nor a comment be substituted. */
export function markTokens(source: string): MarkedText {
  const tokens: Token[] = [];
  const text = source.replace(TOKEN, (match, name?: string, standard?: string) => {
    const index =
      tokens.push({ ...(name !== undefined && { name }), ...(standard !== undefined && { standard }) }) - 1;
    const digits = String.fromCharCode(START, DIGIT + Math.floor(index / BASE), DIGIT + (index % BASE));
    return digits.padEnd(match.length, '\ue001');
  });
  return { text, tokens };
}

/** Puts values into one parsed scalar. `onMissing` hears of each variable that is not set and has no default. */
export function substitute(
  scalar: string,
  tokens: readonly Token[],
  env: Readonly<Record<string, string | undefined>>,
  onMissing: (name: string) => void,
): string {
  return scalar.replace(MARKER, (_, high: string, low: string) => {
    const token = tokens[(high.charCodeAt(0) - DIGIT) * BASE + (low.charCodeAt(0) - DIGIT)];
    if (token?.name === undefined) return '${';
    const value = env[token.name];
    if (value !== undefined && (value !== '' || token.standard === undefined)) return value;
    if (token.standard === undefined) onMissing(token.name);
    return token.standard ?? '';
  });
}

export function hasMarker(scalar: string): boolean {
  return scalar.includes('\ue000');
}
