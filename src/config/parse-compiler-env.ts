import { colorSetting, type ColorSetting } from './color-setting.ts';
import type { Environment } from './environment.ts';
import { Settings } from './settings.ts';
import type { VariableName } from './variables.ts';

/** What the environment tells clarityc; its flags come first. */
export interface CompilerSettings {
  readonly color: ColorSetting;
  /** The clarityctl that `start` runs; ours in the same process where absent. */
  readonly clarityctl?: string;
  /** Hosts that a program may ask; any where absent. */
  readonly allowHosts?: readonly string[];
  /** Effects that a program may not have. */
  readonly denyEffects: readonly string[];
  /** Folder of checkpoints, relative to the current one. */
  readonly checkpointFolder: string;
}

/** Reads NO_COLOR, FORCE_COLOR, CLARITYCTL_BIN and the variables that a program is run with. */
export function parseCompilerEnv(env: Environment): CompilerSettings {
  const settings = new Settings({}, env);
  const values = (name: VariableName) => settings.variable(name).map(({ value }) => value);
  const [clarityctl] = values('CLARITYCTL_BIN');
  const allowHosts = values('CLARITY_ALLOW_HOSTS');
  return {
    color: colorSetting(settings),
    denyEffects: values('CLARITY_DENY_EFFECTS'),
    checkpointFolder: values('CLARITY_CHECKPOINT_DIR')[0] ?? '.clarity-checkpoints',
    ...(clarityctl === undefined ? {} : { clarityctl }),
    ...(allowHosts.length === 0 ? {} : { allowHosts }),
  };
}
