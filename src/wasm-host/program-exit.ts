/** The program called `exit(code)`: no fault, but the call has no result. The code is what the program gave, as an exit status 0 to 255. */
export class ProgramExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`The program called exit(${code}).`);
    this.name = 'ProgramExit';
    this.code = code;
  }
}
