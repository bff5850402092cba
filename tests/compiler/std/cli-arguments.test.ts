import { describe } from 'vitest';

import { none, some } from '../../helpers/clarity-values.ts';
import { stdRows } from './std-table.ts';

const ARGS = ['run', '--name', 'Al', 'x', '--quiet', '--n', '12', 'y', '--last'];

describe('std/cli', () => {
  stdRows('cli', [
    ['flag', [ARGS, 'name'], some('Al')],
    ['flag', [ARGS, 'last'], none],
    ['flag', [ARGS, 'missing'], none],
    ['flag', [[], 'name'], none],
    ['flag', [['--a', '1', '--a', '2'], 'a'], some('1')],
    ['flag', [['--a', '--b'], 'a'], some('--b')],
    ['flag_or', [ARGS, 'name', 'z'], 'Al'],
    ['flag_or', [ARGS, 'last', 'z'], 'z'],
    ['flag_int', [ARGS, 'n'], some(12n)],
    ['flag_int', [ARGS, 'name'], none],
    ['flag_int', [ARGS, 'missing'], none],
    ['flag_int_or', [ARGS, 'n', 7n], 12n],
    ['flag_int_or', [ARGS, 'name', 7n], 7n],
    ['has_flag', [ARGS, 'last'], true],
    ['has_flag', [ARGS, 'run'], false],
    ['has_flag', [[], 'x'], false],
    ['command', [ARGS], some('run')],
    ['command', [['--v', 'go']], some('go')],
    ['command', [['--v']], none],
    ['command', [[]], none],
    ['positional', [ARGS, 0n], some('run')],
    ['positional', [ARGS, 1n], some('x')],
    ['positional', [ARGS, 2n], some('y')],
    ['positional', [ARGS, 3n], none],
    ['positional', [ARGS, -1n], none],
    ['positional', [['--a', '--b', 'v', 'w'], 0n], some('w')],
    ['positional', [['--a'], 0n], none],
    ['command_or', [[], 'help'], 'help'],
    ['command_or', [ARGS, 'help'], 'run'],
    ['positional_or', [ARGS, 1n, '-'], 'x'],
    ['positional_or', [[], 1n, '-'], '-'],
  ]);
});
