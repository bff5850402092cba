import {
  editDocument,
  removeDocument,
  replaceDocument,
  restoredDocument,
  sameDocument,
  type Kind,
  type ParsedDocument,
} from '../manifest/index.ts';
import type { ManifestWriter, WriteResult } from '../reconcile/ports.ts';
import { ClarityError } from '../shared/errors.ts';
import type { DefaultLimits } from '../shared/limits.ts';
import { renderPatch } from './patch.ts';
import type { ApplyRequest, EditRequest, PreviewRequest, RemoveRequest, RestoreRequest } from './requests.ts';
import { managedBy, managerOf, newText, parseSubmitted, parseValid } from './submitted.ts';

/** A file as its writer read it just now. */
export interface HeldFile {
  /** As shown to people. */
  readonly file: string;
  /** Undefined where there is no such file. */
  readonly text: string | undefined;
}

/** What a request makes of a file. */
export interface TextChange {
  readonly outcome: WriteResult['outcome'];
  readonly file: string;
  readonly before: string;
  /** Empty where no document is left: the file goes. */
  readonly after: string;
  /** The document as it stands; undefined for a new one. */
  readonly document?: ParsedDocument;
  /** True where it takes a person's document over, and nobody forced it: a conflict (reconcile-behaviour §1.1). */
  readonly foreign: boolean;
  /** The unified diff for people: without the owner's mark, which is never a difference (surfaces.md, diff); `exact`: to the letter. */
  patch(exact?: boolean): string;
}

interface Named {
  readonly kind: Kind;
  readonly name: string;
}

interface Standing {
  readonly file: string;
  readonly before: string;
  readonly document: ParsedDocument;
}

/** A larger file would not be read by its source (manifest.md, Discovery). */
const MAX_FILE_BYTES = 1_048_576;

/**
 * What each request makes of the text of a manifest: the one place that says so, wherever the text is kept. Pure. Each throws ClarityError
 * NotFound where the document is not in the file, ManifestInvalid or PayloadTooLarge where the file could not be read afterwards.
 */
export class ManifestEdits {
  readonly #limits: DefaultLimits | undefined;

  constructor(limits?: DefaultLimits) {
    this.#limits = limits;
  }

  /** Also makes the file, where nothing says that the document stands somewhere. */
  apply(held: HeldFile, request: ApplyRequest): TextChange {
    const submitted = parseSubmitted(request, this.#limits);
    const { at, text, managedBy: manager, force } = request;
    if (at === undefined && held.text === undefined) {
      const shown = newText(text, submitted, undefined);
      return this.#created(held.file, newText(text, submitted, manager), shown);
    }
    const standing = this.#standing(held, request, at?.index);
    const { document, before } = standing;
    if (sameDocument(document.raw, submitted.raw)) return this.#change(standing, before);
    const replaced = (owner: string | undefined) =>
      replaceDocument(before, document.index, managedBy(submitted.raw, owner));
    const foreign = managerOf(document) === undefined && !force;
    return this.#change(standing, replaced(manager), { foreign, shown: () => replaced(managerOf(document)) });
  }

  edit(held: HeldFile, request: EditRequest): TextChange {
    const standing = this.#standing(held, request, request.at.index);
    return this.#change(standing, editDocument(standing.before, standing.document.index, { set: request.set }));
  }

  restore(held: HeldFile, request: RestoreRequest): TextChange {
    const standing = this.#standing(held, request, request.at.index);
    const { before, document } = standing;
    const wanted = restoredDocument(document.raw, request.then);
    // Equal after defaulting: the text stays as its writer likes it.
    const same = sameDocument(document.raw, wanted);
    return this.#change(standing, same ? before : replaceDocument(before, document.index, wanted));
  }

  remove(held: HeldFile, request: RemoveRequest): TextChange {
    const standing = this.#standing(held, request, request.at.index);
    const { before, document } = standing;
    const foreign = managerOf(document) === undefined && !request.force;
    return this.#change(standing, removeDocument(before, document.index), { foreign });
  }

  /** Whether a text holds the document. */
  holds({ file, text }: HeldFile, { kind, name }: Named): boolean {
    if (text === undefined) return false;
    const { documents } = parseValid(file, text, this.#limits);
    return documents.some((one) => one.kind === kind && one.name === name);
  }

  /** The document where it was seen last, or elsewhere in the same file. */
  #standing({ file, text }: HeldFile, { kind, name }: Named, index = 0): Standing {
    const documents = text === undefined ? [] : parseValid(file, text, this.#limits).documents;
    const own = documents.filter((one) => one.kind === kind && one.name === name);
    const document = own.find((one) => one.index === index) ?? own[0];
    if (text === undefined || document === undefined)
      throw new ClarityError('NotFound', `${kind} "${name}" is no longer in ${file}; look again and repeat`);
    return { file, before: text, document };
  }

  #created(file: string, after: string, shown: string): TextChange {
    const patch = (exact = false) => renderPatch(file, '', exact ? after : shown);
    return { outcome: 'created', file, before: '', after, foreign: false, patch };
  }

  #change(
    { file, before, document }: Standing,
    after: string,
    { foreign = false, shown = () => after }: { foreign?: boolean; shown?: () => string } = {},
  ): TextChange {
    const outcome = after === before ? 'unchanged' : 'configured';
    if (outcome === 'configured' && after !== '') this.#check(file, after);
    const patch = (exact = false) => renderPatch(file, before, exact ? after : shown());
    return { outcome, file, before, after, document, foreign, patch };
  }

  #check(file: string, text: string): void {
    if (Buffer.byteLength(text) > MAX_FILE_BYTES)
      throw new ClarityError('PayloadTooLarge', `${file} would be larger than 1 MiB and not be read any more`);
    parseValid(file, text, this.#limits);
  }
}

/** What a preview says of a change that is not made. */
export function previewOf(change: TextChange, exact = false): Awaited<ReturnType<ManifestWriter['preview']>> {
  if (change.outcome === 'unchanged') return { outcome: 'unchanged', patch: '' };
  return { outcome: change.foreign ? 'conflict' : change.outcome, patch: change.patch(exact) };
}

/** The request that a preview is of. */
export function unforced(request: PreviewRequest): ApplyRequest {
  return { ...request, force: false };
}

/** Throws ClarityError Conflict with data.patch where the change takes over what a person wrote. */
export function refuseForeign(change: TextChange): void {
  if (!change.foreign || change.document === undefined) return;
  const { kind, name } = change.document;
  const message = `${kind} "${name}" in ${change.file} was written by hand; make the change there, or force it`;
  throw new ClarityError('Conflict', message, { data: { file: change.file, patch: change.patch() } });
}
