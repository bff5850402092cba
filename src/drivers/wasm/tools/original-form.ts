import type { Json, JsonObject } from '../../../shared/json.ts';
import { HostError } from '../../../wasm-host/host-error.ts';
import type { Shape } from '../../../wasm-host/marshal/shape.ts';
import { shapeOfDescriptor } from './type-descriptor.ts';

/** The arguments of a call as the original takes them: by position, with types that the caller tells (original contract §8.2). */
export interface OriginalForm {
  readonly args: readonly Json[];
  /** By position; undefined where none is told, or none that can be read. */
  readonly argTypes: readonly (Shape | undefined)[];
  readonly resultType: Shape | undefined;
  /** A text may stand for a String where no type is told. */
  readonly allowStringArgs: boolean;
  /** A number that is the address of a String is shown as the text. */
  readonly expectStringResult: boolean;
}

/** More types than any function has parameters are not looked at. */
const MAX_PARAMS = 1000;

/** Other keys are not looked at, as in the original. Throws `bad-argument` where `args` is no list. */
export function originalForm(name: string, given: JsonObject): OriginalForm {
  const { args = [] } = given;
  if (!Array.isArray(args) || (given.args === undefined && Object.keys(given).length > 0)) {
    throw new HostError('bad-argument', `\`${name}\` takes its arguments as a list by position: {"args": […]}.`);
  }
  const types = given.argTypes ?? given.arg_types;
  return {
    args: args as readonly Json[],
    argTypes: Array.isArray(types)
      ? (types as readonly Json[]).slice(0, MAX_PARAMS).map((type) => shapeOfDescriptor(type))
      : [],
    resultType: shapeOfDescriptor(given.resultType ?? given.result_type),
    allowStringArgs: (given.allowStringArgs ?? given.allow_string_args) === true,
    expectStringResult: (given.expectStringResult ?? given.expect_string_result) === true,
  };
}

/** Throws `bad-argument` unless there are as many arguments as parameters. */
export function checkCount(name: string, form: OriginalForm, params: number): void {
  const got = form.args.length;
  if (got === params) return;
  const takes = `${params} ${params === 1 ? 'argument' : 'arguments'}`;
  throw new HostError('bad-argument', `\`${name}\` takes ${takes}, and \`args\` has ${got}.`);
}
