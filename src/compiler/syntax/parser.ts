import type { DiagnosticKind } from '../diagnostics/kinds.ts';
import { MAX_DIAGNOSTICS, type Reporter } from '../diagnostics/reporter.ts';
import type { SourceFile, Span } from '../source/source-file.ts';
import type { Name } from './ast.ts';
import { describeToken } from './describe-token.ts';
import { slipAt, slipOf } from './foreign-words.ts';
import type { TokenList } from './token-list.ts';
import { Token } from './token.ts';

/**
 * No tree that the parser makes is higher than this, counted in nested expressions, types and patterns; a chain `a + b + c` or `f(x)(y).z`
 * is as high as it has links. Every phase may recurse over the tree. A function that would be higher gets one `too-deep`.
 */
export const MAX_DEPTH = 400;

/** Thrown by `fail`, caught by the region that recovers: a statement, an arm, a declaration. One object, so that a throw costs no stack trace. */
const FAILURE = new Error('This part of the text does not parse.');
/** Thrown by `tooDeep`; only a declaration recovers from it. */
const TOO_DEEP = new Error('This declaration nests too deep.');

/** Where a region began: what recovery needs to know of that moment. */
export interface Region {
  readonly first: number;
  readonly braces: number;
  readonly parens: number;
  readonly depth: number;
}

interface Finding {
  readonly kind: DiagnosticKind;
  readonly span: Span;
  readonly message: string;
  readonly help?: string | undefined;
}

/** The place in the tokens, what is open there, and the ways to complain. The productions are functions over it. */
export class Parser {
  /** Index of the current token and its kind. */
  at = 0;
  kind: Token;
  /** Nesting of the node that is being parsed. */
  depth = 0;
  /** The deepest nesting since the start of the innermost chain: a link moves all that is left of it one level down. */
  deepest = 0;
  /** Brackets that are open here: braces of blocks, matches and records; parentheses and square brackets. */
  braces = 0;
  parens = 0;
  #finding: Finding | undefined;
  #lastPlace = -1;

  constructor(
    readonly source: SourceFile,
    readonly tokens: TokenList,
    readonly reporter: Reporter,
    /** Starts of what the lexer has reported. */
    private readonly reported: ReadonlySet<number>,
  ) {
    this.kind = tokens.kind(0);
  }

  /** Start of the current token. */
  get start(): number {
    return this.tokens.start(this.at);
  }

  /** End of the token before the current one: where a node that is complete ends. */
  get end(): number {
    return this.at === 0 ? 0 : this.tokens.end(this.at - 1);
  }

  peek(ahead: number): Token {
    return this.tokens.kind(this.at + ahead);
  }

  advance(): void {
    this.kind = this.tokens.kind(++this.at);
  }

  /** Takes the current token if it is of the kind. */
  take(kind: Token): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  /** `what` completes "Expected …": the token in backquotes, or what it stands for. */
  expect(kind: Token, what: string, help?: string): void {
    if (this.kind === kind) this.advance();
    else this.fail(what, help);
  }

  name(what: string, help?: string): Name {
    if (this.kind !== Token.Identifier) this.fail(what, help);
    const { start } = this;
    this.advance();
    return { text: this.source.text.slice(start, this.end), start, end: this.end };
  }

  /** Gives up the innermost region: something else than `what` stands here. Nothing is reported until the region asks for it. */
  fail(what: string, help?: string): never {
    const message = `Expected ${what}, found ${describeToken(this.tokens, this.at)}.`;
    this.#finding = this.#isKnown(this.at) ? undefined : { kind: 'parse', span: this.spanOf(this.at), message, help };
    throw FAILURE;
  }

  /** Reports that `what` is missing here, and goes on as if it were there. */
  missing(what: string, help?: string): void {
    this.complain(this.at, `Expected ${what}, found ${describeToken(this.tokens, this.at)}.`, help);
  }

  /** Reports without giving up: what was meant is clear. */
  complain(index: number, message: string, help?: string): void {
    if (!this.#isKnown(index)) this.#say('parse', this.spanOf(index), message, help);
  }

  spanOf(index: number): Span {
    return { start: this.tokens.start(index), end: this.tokens.end(index) };
  }

  /** Whether the current token is a keyword that only a declaration begins with. */
  isDeclarationWord(): boolean {
    switch (this.kind) {
      case Token.Import:
      case Token.Export:
      case Token.Function:
      case Token.Type:
      case Token.Const:
      case Token.Effect:
        return true;
      default:
        return false;
    }
  }

  /** The same in the first column: there the next declaration begins, whatever is still open. */
  isDeclarationAtMargin(): boolean {
    return this.isDeclarationWord() && this.tokens.atMargin(this.at);
  }

  isForeignWord(index: number): boolean {
    return slipOf(this.tokens, index) !== undefined;
  }

  /** One level down; every caller goes up with `depth--`. A failure leaves that to its region. */
  enter(): void {
    if (++this.depth > MAX_DEPTH) this.tooDeep();
    if (this.depth > this.deepest) this.deepest = this.depth;
  }

  /** A link of a chain: the tree so far becomes the child of a new node. */
  link(): void {
    if (++this.deepest > MAX_DEPTH) this.tooDeep();
  }

  tooDeep(): never {
    const message = `This nests deeper than ${MAX_DEPTH} levels.`;
    const help = 'Name parts of it with `let`, or move them into functions of their own.';
    this.#finding = { kind: 'too-deep', span: this.spanOf(this.at), message, help };
    throw TOO_DEEP;
  }

  region(): Region {
    return { first: this.at, braces: this.braces, parens: this.parens, depth: this.depth };
  }

  /**
   * What a region does with something that it caught: reports it, and sets the counters back to its start. Answers the brackets that were
   * open inside of the region. Passes on what is not for it.
   */
  settle(caught: unknown, region: Region, declaration = false): { braces: number; parens: number } {
    if (caught !== FAILURE && !(declaration && caught === TOO_DEEP)) throw caught;
    const finding = this.#finding;
    this.#finding = undefined;
    if (finding !== undefined) this.#report(finding, region.first);
    const open = { braces: this.braces - region.braces, parens: this.parens - region.parens };
    this.braces = region.braces;
    this.parens = region.parens;
    this.depth = region.depth;
    return open;
  }

  /** A word of another language at the start of the region or beside the failure is the better explanation. */
  #report({ kind, span, message, help }: Finding, first: number): void {
    const slip = kind === 'parse' ? slipAt(this.tokens, first, this.at) : undefined;
    if (slip === undefined) this.#say(kind, span, message, help);
    else this.#say(slip.kind, this.spanOf(slip.token), slip.message, slip.help);
  }

  /** One finding for a place: the second one would be its consequence. */
  #say(kind: DiagnosticKind, span: Span, message: string, help: string | undefined): void {
    if (span.start === this.#lastPlace) return;
    this.#lastPlace = span.start;
    this.reporter.report(kind, this.source, span, message, help);
    if (this.reporter.errors >= MAX_DIAGNOSTICS) this.#stop();
  }

  /** More would not be kept: the rest of the text is passed over. */
  #stop(): void {
    this.at = this.tokens.count;
    this.kind = Token.EndOfFile;
  }

  /** Whether the lexer has told what is wrong here: the token is none, follows one that is none, or is of another language. */
  #isKnown(index: number): boolean {
    if (this.tokens.kind(index) === Token.Error || this.tokens.kind(index - 1) === Token.Error) return true;
    return this.reported.has(this.tokens.start(index));
  }
}
