import type { Frame } from './cpu-profile.ts';

const WIDTH = 1200;
const ROW = 17;
/** Narrower frames are left out. */
const LEAST = 0.002;

/** Who called whom, as wide as the time it took: SVG with the names in its tooltips. */
export function toFlameGraph(root: Frame, title: string): string {
  const rectangles: string[] = [];
  let deepest = 0;
  const draw = (frames: readonly Frame[], x: number, depth: number): void => {
    let at = x;
    for (const frame of merged(frames)) {
      const width = (frame.total / root.total) * WIDTH;
      if (frame.total / root.total >= LEAST) {
        deepest = Math.max(deepest, depth);
        rectangles.push(rectangle(frame, root.total, at, depth * ROW + 30, width));
        draw(frame.children, at, depth + 1);
      }
      at += width;
    }
  };
  draw(root.children, 0, 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${(deepest + 1) * ROW + 36}" font-family="ui-monospace, monospace" font-size="11">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    `<text x="6" y="19" font-size="14">${escaped(title)}</text>`,
    ...rectangles,
    '</svg>',
    '',
  ].join('\n');
}

/** Calls of one function from one place are one frame. */
function merged(frames: readonly Frame[]): Frame[] {
  const known = new Map<string, Frame>();
  for (const frame of frames) {
    const key = `${frame.name} ${frame.place}`;
    const before = known.get(key);
    const { self, total, children } = before ?? { self: 0, total: 0, children: [] };
    known.set(key, {
      ...frame,
      self: self + frame.self,
      total: total + frame.total,
      children: [...children, ...frame.children],
    });
  }
  return [...known.values()].sort((left, right) => left.name.localeCompare(right.name));
}

function rectangle(frame: Frame, whole: number, x: number, y: number, width: number): string {
  const percent = ((frame.total / whole) * 100).toFixed(1);
  const label = frame.name.slice(0, Math.floor(width / 6.7));
  return [
    `<g><title>${escaped(`${frame.name} ${frame.place} ${percent} %`)}</title>`,
    `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(0.3, width - 0.4).toFixed(1)}" height="${ROW - 1}" fill="${colourOf(frame)}"/>`,
    label.length < 3 ? '' : `<text x="${(x + 2).toFixed(1)}" y="${y + 12}">${escaped(label)}</text>`,
    '</g>',
  ].join('');
}

/** Ours green, Node's grey, packages orange. */
function colourOf({ place }: Frame): string {
  if (/^(facade|connectors|wsdl|openapi)\//.test(place)) return '#7fc8a9';
  return place === '' || place.startsWith('node:') ? '#d4d8de' : '#f2b880';
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
