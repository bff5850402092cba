import { gitFolderProblem, gitRefProblem, gitUrlProblem } from '../shared/git-location.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import { durationMs } from './defaults.ts';
import type { Finding } from './finding.ts';
import type { Locator } from './locate.ts';
import { TIMER_MAX_MS } from './schema/shapes.ts';

/** Fields that mean nothing beside `dir`. */
const OF_GIT = ['ref', 'path', 'interval', 'verify', 'secretRef', 'allowPush'] as const;

/** What a schema cannot say of a schema-valid Source (manifest.md, Source). */
export function sourceFindings(raw: JsonObject, locator: Locator): Finding[] {
  const spec: JsonObject = isJsonObject(raw.spec) ? raw.spec : {};
  const { git, dir } = spec;
  if ((git === undefined) === (dir === undefined)) {
    const message = `spec needs exactly one of git and dir${git === undefined ? '' : ', and has both'}`;
    return [{ severity: 'error', code: 'ManifestInvalid', message, range: locator.key(['spec']) }];
  }
  if (git === undefined)
    return OF_GIT.filter((field) => spec[field] !== undefined).map((field) => {
      const message = `spec.${field} is of a git source; a folder has no such thing`;
      return { severity: 'error', code: 'ManifestInvalid', message, range: locator.key(['spec', field]) };
    });
  return gitProblems(spec).map(([field, problem]) => {
    const message = `spec.${field} ${problem}`;
    return { severity: 'error', code: 'ManifestInvalid', message, range: locator.value(['spec', field]) };
  });
}

function gitProblems({ git, ref, path, interval }: JsonObject): readonly (readonly [field: string, problem: string])[] {
  const ms = durationMs(interval);
  const found = [
    ['git', typeof git === 'string' ? gitUrlProblem(git) : undefined],
    ['ref', typeof ref === 'string' ? gitRefProblem(ref) : undefined],
    ['path', typeof path === 'string' ? gitFolderProblem(path) : undefined],
    [
      'interval',
      ms === undefined || (ms >= 1000 && ms <= TIMER_MAX_MS) ? undefined : 'must be at least 1s and at most 24 days',
    ],
  ] as const;
  return found.flatMap(([field, problem]) => (problem === undefined ? [] : [[field, problem] as const]));
}
