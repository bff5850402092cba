import { ClarityError } from '../shared/errors.ts';
import type { Environment } from './environment.ts';
import { VARIABLES, type Variable, type VariableName } from './variables.ts';

/** A value and where it came from, for messages: `--port` or `CLARITYD_PORT`. */
export interface Setting {
  readonly value: string;
  readonly from: string;
}

/** Flags before variables. An empty variable counts as not set; an empty flag is a mistake (often an unset shell variable). */
export class Settings {
  readonly #flags: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly #env: Environment;

  /** `flags` by their camel-case names, as commander gives them. */
  constructor(flags: Readonly<Record<string, string | readonly string[] | undefined>>, env: Environment) {
    this.#flags = flags;
    this.#env = env;
  }

  /** Throws ClarityError Usage for an empty flag, or a value that is none of the choices. */
  one(name: VariableName): Setting | undefined {
    const [setting] = this.all(name);
    const { choices }: Variable = entryOf(name);
    if (setting !== undefined && choices !== undefined && !choices.includes(setting.value))
      throw usage(setting, `is none of ${choices.join(', ')}`);
    return setting;
  }

  /** Every value of a list: of the flags, or else of the variable, split at commas. */
  all(name: VariableName): readonly Setting[] {
    return this.flag(name) ?? this.variable(name);
  }

  flag(name: VariableName): readonly Setting[] | undefined {
    const from = /--[\w-]+/.exec(entryOf(name).flag ?? '')?.[0];
    if (from === undefined) return undefined;
    const given = this.#flags[from.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
    if (given === undefined) return undefined;
    const settings = (typeof given === 'string' ? [given] : given).map((value) => ({ value: value.trim(), from }));
    for (const setting of settings) if (setting.value === '') throw usage(setting, 'is empty');
    return settings;
  }

  variable(name: VariableName): readonly Setting[] {
    const text = this.#env[name]?.trim() ?? '';
    // A Kubernetes Service called clarityd puts its address in CLARITYD_PORT: that is not meant for us.
    if (text === '' || (name === 'CLARITYD_PORT' && text.startsWith('tcp://'))) return [];
    const values = entryOf(name).list ? text.split(',').map((value) => value.trim()) : [text];
    return values.filter((value) => value !== '').map((value) => ({ value, from: name }));
  }
}

/** The mistake in a setting as an error that names where it was made. */
export function usage({ value, from }: Setting, why: string): ClarityError {
  return new ClarityError('Usage', `${from} ${value === '' ? '' : `${JSON.stringify(value)} `}${why}`);
}

/** A whole number within the range, or the fallback where it is not set. Throws ClarityError Usage. */
export function integer(setting: Setting | undefined, min: number, max: number, fallback: number): number {
  if (setting === undefined) return fallback;
  const value = /^\d+$/.test(setting.value) ? Number(setting.value) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw usage(setting, `is no whole number from ${min} to ${max}`);
}

/** A decimal above 0 and at most 1, or the fallback where it is not set. Throws ClarityError Usage. */
export function share(setting: Setting | undefined, fallback: number): number {
  if (setting === undefined) return fallback;
  const value = /^\d*\.?\d+$/.test(setting.value) ? Number(setting.value) : Number.NaN;
  if (value > 0 && value <= 1) return value;
  throw usage(setting, 'is no number above 0 and at most 1, such as 0.6');
}

const ON = ['1', 'true', 'yes', 'on'];
const OFF = ['0', 'false', 'no', 'off'];

/** A switch, or the fallback where it is not set. Throws ClarityError Usage. */
export function toggle(setting: Setting | undefined, fallback: boolean): boolean {
  if (setting === undefined) return fallback;
  const value = setting.value.toLowerCase();
  if (ON.includes(value)) return true;
  if (OFF.includes(value)) return false;
  throw usage(setting, `is none of ${[...ON, ...OFF].join(', ')}`);
}

function entryOf(name: VariableName): Variable {
  const entry = VARIABLES.find((variable) => variable.name === name);
  if (entry === undefined) throw new ClarityError('Internal', `no variable ${name}`);
  return entry;
}
