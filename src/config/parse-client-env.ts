import { ClarityError } from '../shared/errors.ts';
import { colorSetting, type ColorSetting } from './color-setting.ts';
import type { Environment } from './environment.ts';
import { Settings } from './settings.ts';

/** What the environment tells clarityctl; its flags come first. */
export interface ClientSettings {
  readonly daemonUrl: string;
  readonly authToken?: string;
  readonly color: ColorSetting;
  /** A command that shows differences; our own form where absent. */
  readonly externalDiff?: string;
  /** Compiles Clarity programs; the embedded compiler where absent. */
  readonly compilerBin?: string;
}

/** Reads CLARITYD_URL, the token, NO_COLOR, FORCE_COLOR, CLARITY_EXTERNAL_DIFF and CLARITYC_BIN. Throws ClarityError Usage for a URL that is none. */
export function parseClientEnv(env: Environment): ClientSettings {
  const settings = new Settings({}, env);
  const one = (...names: Parameters<Settings['variable']>[0][]) =>
    names.flatMap((name) => settings.variable(name))[0]?.value;
  const daemonUrl = one('CLARITYD_URL') ?? 'http://127.0.0.1:4707';
  if (!/^https?:\/\//i.test(daemonUrl) || !URL.canParse(daemonUrl))
    throw new ClarityError('Usage', `CLARITYD_URL ${JSON.stringify(daemonUrl)} is no http or https URL`);
  const authToken = one('CLARITYD_AUTH_TOKEN', 'CLARITY_API_TOKEN');
  const externalDiff = one('CLARITY_EXTERNAL_DIFF');
  const compilerBin = one('CLARITYC_BIN');
  return {
    daemonUrl,
    color: colorSetting(settings),
    ...(authToken === undefined ? {} : { authToken }),
    ...(externalDiff === undefined ? {} : { externalDiff }),
    ...(compilerBin === undefined ? {} : { compilerBin }),
  };
}
