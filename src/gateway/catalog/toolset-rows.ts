import type { ServedToolset } from '../../reconcile/ports.ts';
import { parseExact, stringifyExact } from '../../shared/exact-json.ts';
import { globMatches, globsAllow } from '../../shared/glob.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Row } from './exposed-list.ts';

/** The tools of a toolset, and what of its rules does nothing. */
export interface ToolsetRows {
  readonly rows: readonly Row[];
  /** Sentences for people. */
  readonly idleRules: readonly string[];
}

/** Chooses and renames rows of /mcp by the rules of a toolset. Pure; the order stays. */
export function toolsetRows({ members, tools }: ServedToolset, all: readonly Row[]): ToolsetRows {
  const own = all.filter(({ route }) => members.has(route.identity));
  const shown = own.filter(({ key }) => globsAllow(key, [tools]));
  const useless = (tools.allow ?? []).filter((glob) => !own.some(({ key }) => globMatches(glob, key)));
  const { names, refused } = renames(tools.rename ?? {}, new Set(shown.map(({ key }) => key)));
  return {
    rows: shown.map((row) => renamed(row, names.get(row.key))),
    idleRules: [...useless.map((glob) => `tools.allow "${glob}" matches no tool`), ...refused],
  };
}

/** A new name that a tool has already, or that was given before, is not given: each name leads to one tool. */
function renames(wanted: Readonly<Record<string, string>>, shown: ReadonlySet<string>) {
  const names = new Map<string, string>();
  const given = new Set<string>();
  const refused: string[] = [];
  for (const [key, name] of Object.entries(wanted)) {
    if (!shown.has(key)) refused.push(`tools.rename "${key}": the toolset has no such tool`);
    else if (name !== key && (shown.has(name) || given.has(name)))
      refused.push(`tools.rename "${key}": the name "${name}" is taken`);
    else {
      names.set(key, name);
      given.add(name);
    }
  }
  return { names, refused };
}

function renamed(row: Row, name: string | undefined): Row {
  if (name === undefined || name === row.key) return row;
  return { ...row, key: name, json: stringifyExact({ ...(parseExact(row.json) as JsonObject), name }) };
}
