import type { Choices } from './choices.ts';
import { generateExpr, type Scope } from './generate-expr.ts';
import { generateLoop } from './generate-loop.ts';
import {
  BOOL,
  FLOAT,
  INT,
  STR,
  type Field,
  type Func,
  type Program,
  type RecordDecl,
  type Ty,
  type UnionDecl,
} from './tree.ts';

/** What a program declares: the generator of expressions chooses among it. */
export interface World {
  readonly records: RecordDecl[];
  readonly unions: UnionDecl[];
  readonly constants: { readonly name: string; readonly ty: Ty; readonly e: ReturnType<typeof generateExpr> }[];
  readonly functions: Func[];
}

const SCALARS = [INT, FLOAT, BOOL, STR];

/** A well-typed program whose last function `f` takes scalars and lists of scalars and gives anything but a function. */
export function generateProgram(choices: Choices): Program {
  const world: World = { records: [], unions: [], constants: [], functions: [] };
  const records = choices.below(3);
  for (let i = 0; i < records; i++) {
    const fields = someFields(choices, world, 1 + choices.below(4), `f${i}`);
    world.records.push({ name: `R${i}`, fields });
  }
  const unions = choices.below(3);
  for (let i = 0; i < unions; i++) {
    const variants = Array.from({ length: 1 + choices.below(4) }, (_, v) => ({
      name: `V${i}${'ABCD'[v] ?? ''}`,
      fields: someFields(choices, world, choices.below(4), 'g'),
    }));
    world.unions.push({ name: `U${i}`, variants });
  }
  const scope: Scope = { world, locals: [], fresh: { next: 0 } };
  const constants = choices.below(3);
  for (let i = 0; i < constants; i++) {
    const ty = choices.pick(SCALARS);
    world.constants.push({ name: `k${i}`, ty, e: generateExpr(choices, { ...scope, pure: true }, ty, 0) });
  }
  const loops = choices.below(3);
  for (let i = 0; i < loops; i++) world.functions.push(generateLoop(choices, world, `w${i}`));
  const helpers = choices.below(4);
  for (let i = 0; i <= helpers; i++) {
    const last = i === helpers;
    const params = Array.from({ length: choices.below(4) }, (_, p) => ({
      name: `p${p}`,
      ty: last ? argType(choices) : generateType(choices, world, 2),
    }));
    const result = generateType(choices, world, 2);
    const locals = params.map((param) => ({ ...param, mut: false }));
    const body = generateExpr(choices, { world, locals, fresh: { next: 0 } }, result, last ? 6 : 4);
    world.functions.push({ name: last ? 'f' : `h${i}`, params, result, body });
  }
  return world;
}

/** A type that the host can pass without knowing declarations. */
function argType(choices: Choices): Ty {
  const scalar = choices.pick(SCALARS);
  return choices.chance(25) ? { k: 'list', of: scalar } : scalar;
}

function someFields(choices: Choices, world: World, count: number, prefix: string): Field[] {
  return Array.from({ length: count }, (_, i) => ({ name: `${prefix}_${i}`, ty: generateType(choices, world, 1) }));
}

/** Any type of data that `depth` allows. */
export function generateType(choices: Choices, world: World, depth: number): Ty {
  const structured: (() => Ty)[] = [
    () => ({ k: 'list', of: generateType(choices, world, depth - 1) }),
    () => ({ k: 'option', of: generateType(choices, world, depth - 1) }),
    () => ({
      k: 'result',
      of: generateType(choices, world, depth - 1),
      error: generateType(choices, world, depth - 1),
    }),
  ];
  if (world.records.length > 0) structured.push(() => ({ k: 'record', decl: choices.pick(world.records) }));
  if (world.unions.length > 0) structured.push(() => ({ k: 'union', decl: choices.pick(world.unions) }));
  if (depth > 0 && choices.chance(45)) return choices.pick(structured)();
  return choices.pick(SCALARS);
}
