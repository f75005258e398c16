import { writeFile } from 'node:fs/promises';
import { environment } from './environment.ts';

/** What was measured, section by section: told at once, and written each time, so that a run which is ended early leaves it. */
export class ResultsPage {
  readonly #writes: boolean;
  readonly #sections: string[] = [];

  constructor(writes: boolean) {
    this.#writes = writes;
  }

  async add(title: string, markdown: string): Promise<void> {
    const section = `## ${title}\n\n${markdown.trim()}\n`;
    console.log(section);
    this.#sections.push(section);
    if (!this.#writes) return;
    const head = ['# Measurements', '', '`npm run bench -- --write` wrote this.', '', ...environment(), ''];
    await writeFile(new URL('../results.md', import.meta.url), [...head, ...this.#sections].join('\n'));
  }
}
