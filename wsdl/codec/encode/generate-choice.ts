import type { GroupParticle, Particle } from '../../contract.ts';
import type { ObjectScope } from './object-scope.ts';
import { canBeEmpty, certainMembers, memberNames } from './particle-members.ts';
import { quote, type SourceWriter } from './source-writer.ts';

interface Branch {
  readonly particle: Particle;
  readonly names: readonly string[];
}

/** Results of telling the branches apart, other than a branch's index. */
const NONE = -1;
const SEVERAL = -2;
const SHOWN_MEMBERS = 20;

/** Appends the one branch of a choice that the members present tell (XSD 1.0 Part 1, 3.8.4). */
export function generateChoice(
  writer: SourceWriter,
  scope: ObjectScope,
  choice: GroupParticle,
  generateBranch: (branch: Particle) => void,
): void {
  const branches = choice.particles.map((particle) => ({ particle, names: memberNames(particle) }));
  const chosen = writer.variable();
  const isDisjoint =
    new Set(branches.flatMap(({ names }) => names)).size === branches.flatMap(({ names }) => names).length;
  if (isDisjoint) chooseByPresence(writer, scope, branches, chosen);
  else chooseByFit(writer, scope, branches, chosen);
  writer.line(`switch (${chosen}) {`);
  for (const [index, { particle }] of branches.entries()) {
    writer.line(`case ${index}: {`);
    generateBranch(particle);
    writer.line('break; }');
  }
  writer.line(`case ${SEVERAL}: { ${severalFault(writer, scope, branches)} break; }`);
  if (!canBeEmpty(choice)) writer.line(`case ${NONE}: { ${noneFault(writer, scope, branches)} break; }`);
  writer.line('}');
}

/** No name stands in two branches: whichever has a member present is the one. */
function chooseByPresence(
  writer: SourceWriter,
  scope: ObjectScope,
  branches: readonly Branch[],
  chosen: string,
): void {
  writer.line(`let ${chosen} = ${NONE};`);
  for (const [index, { names }] of branches.entries()) {
    if (names.length > 0)
      writer.line(
        `if (${scope.isAnyPresent(names)}) ${chosen} = ${chosen} === ${NONE} ? ${index} : ${SEVERAL};`,
      );
  }
}

/** Some names stand in several branches: of those with room for all that is present, the first that misses nothing. */
function chooseByFit(
  writer: SourceWriter,
  scope: ObjectScope,
  branches: readonly Branch[],
  chosen: string,
): void {
  const all = [...new Set(branches.flatMap(({ names }) => names))];
  const fits = branches.map(({ names }) => {
    const others = all.filter((name) => !names.includes(name));
    return `${scope.isAnyPresent(names)} && !${scope.isAnyPresent(others)}`;
  });
  const complete = branches.map(({ particle }, index) =>
    [fits[index]!, ...certainMembers(particle).map((name) => scope.isPresent(name))].join(' && '),
  );
  const cases = [...complete, ...fits].map(
    (condition, index) => `${condition} ? ${index % branches.length} : `,
  );
  writer.line(`const ${chosen} = ${cases.join('')}${scope.isAnyPresent(all)} ? ${SEVERAL} : ${NONE};`);
}

function severalFault(writer: SourceWriter, scope: ObjectScope, branches: readonly Branch[]): string {
  const names = [...new Set(branches.flatMap((branch) => branch.names))];
  const present = names.map((name) => `${scope.isPresent(name)} ? ${quote(`"${name}"`)} : ""`);
  const message = `"must not have these together: " + [${present.join(', ')}].filter(Boolean).join(", ")`;
  return writer.faultSaying(scope.pointer, '"choice"', message);
}

function noneFault(writer: SourceWriter, scope: ObjectScope, branches: readonly Branch[]): string {
  const names = [...new Set(branches.flatMap((branch) => branch.names))].map((name) => `"${name}"`);
  const more = names.length > SHOWN_MEMBERS ? ' and more' : '';
  return writer.fault(
    scope.pointer,
    'choice',
    `must have one of ${names.slice(0, SHOWN_MEMBERS).join(', ')}${more}`,
  );
}
