import { lstat, mkdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  contentHash,
  editDocument,
  removeDocument,
  replaceDocument,
  restoredDocument,
  sameDocument,
  type Kind,
  type ParsedDocument,
} from '../manifest/index.ts';
import type { DocumentOrigin, ManifestWriter, WriteResult } from '../reconcile/ports.ts';
import { ClarityError, errorCode, errorMessage } from '../shared/errors.ts';
import type { DefaultLimits } from '../shared/limits.ts';
import { createFile, readText, removeFile, replaceFile, type FileText } from './atomic-file.ts';
import { KeyedMutex } from './keyed-mutex.ts';
import { renderPatch } from './patch.ts';
import { newPlace, placeOf, type Place, type WritableSource } from './place.ts';
import { managedBy, managerOf, newText, parseSubmitted, parseValid } from './submitted.ts';

type ApplyRequest = Parameters<ManifestWriter['apply']>[0];
type EditRequest = Parameters<ManifestWriter['edit']>[0];
type RestoreRequest = Parameters<ManifestWriter['restore']>[0];
type RemoveRequest = Parameters<ManifestWriter['remove']>[0];
type PreviewRequest = Parameters<ManifestWriter['preview']>[0];
type RemovalRequest = Parameters<ManifestWriter['previewRemoval']>[0];
type Removal = Awaited<ReturnType<ManifestWriter['previewRemoval']>>;
type Preview = Awaited<ReturnType<ManifestWriter['preview']>>;

/** A document in its file, as read. */
interface Standing {
  readonly place: Place;
  readonly before: FileText;
  readonly document: ParsedDocument;
}

interface Named {
  readonly kind: Kind;
  readonly name: string;
}

/** A larger file would not be read by its source (manifest.md, Discovery). */
const MAX_FILE_BYTES = 1_048_576;

/** Edits the manifests of directory sources; new documents go to the first (reconcile-behaviour §1.1). */
export class DirectoryWriter implements ManifestWriter {
  readonly #sources: readonly WritableSource[];
  readonly #limits: DefaultLimits | undefined;
  readonly #mutex = new KeyedMutex();

  constructor(sources: readonly WritableSource[], limits?: DefaultLimits) {
    this.#sources = sources;
    this.#limits = limits;
  }

  async apply(request: ApplyRequest): Promise<WriteResult> {
    const submitted = parseSubmitted(request, this.#limits);
    const { at } = request;
    if (at === undefined) return this.#create(request, submitted);
    const place = await this.#placeAt(at);
    return this.#locked(place, async () =>
      this.#configure(await this.#standing(place, request, at.index), submitted, request),
    );
  }

  async edit(request: EditRequest): Promise<WriteResult> {
    const { at, set } = request;
    const place = await this.#placeAt(at);
    return this.#locked(place, async () => {
      const standing = await this.#standing(place, request, at.index);
      return this.#write(standing, editDocument(standing.before.text, standing.document.index, { set }));
    });
  }

  async restore(request: RestoreRequest): Promise<WriteResult & { readonly patch: string }> {
    const { at, then, dryRun } = request;
    const place = await this.#placeAt(at);
    return this.#locked(place, async () => {
      const standing = await this.#standing(place, request, at.index);
      const { before, document } = standing;
      const wanted = restoredDocument(document.raw, then);
      // Equal after defaulting: the text stays as its writer likes it.
      const after = sameDocument(document.raw, wanted)
        ? before.text
        : replaceDocument(before.text, document.index, wanted);
      const patch = renderPatch(place.file, before.text, after);
      if (!dryRun) return { ...(await this.#write(standing, after)), patch };
      this.#check(place, after);
      return { ...resultOf(place, after === before.text ? 'unchanged' : 'configured', after), patch };
    });
  }

  async remove(request: RemoveRequest): Promise<WriteResult> {
    const { at, force } = request;
    const place = await this.#placeAt(at);
    return this.#locked(place, async () => {
      const standing = await this.#standing(place, request, at.index);
      const { before, document } = standing;
      const after = removeDocument(before.text, document.index);
      if (managerOf(document) === undefined && !force)
        throw foreign(standing, renderPatch(place.file, before.text, after));
      if (after !== '') return this.#write(standing, after);
      await removeFile(place.target, before);
      if (place.target !== place.path) await unlinkLink(place.path);
      return resultOf(place, 'configured', after);
    });
  }

  async preview(request: PreviewRequest): Promise<Preview> {
    const submitted = parseSubmitted(request, this.#limits);
    const { at, text, exact = false } = request;
    const spot =
      at === undefined ? await this.#spot(request) : await this.#standing(await this.#placeAt(at), request, at.index);
    if (!('document' in spot))
      return {
        outcome: 'created',
        patch: renderPatch(spot.file, '', newText(text, submitted, exact ? request.managedBy : undefined)),
      };
    if (sameDocument(spot.document.raw, submitted.raw)) return { outcome: 'unchanged', patch: '' };
    const outcome = managerOf(spot.document) === undefined ? 'conflict' : 'configured';
    return { outcome, patch: applyPatch(spot, submitted, exact ? request.managedBy : managerOf(spot.document)) };
  }

  async previewRemoval({ at, ...named }: RemovalRequest): Promise<Removal> {
    const { place, before, document } = await this.#standing(await this.#placeAt(at), named, at.index);
    const patch = renderPatch(place.file, before.text, removeDocument(before.text, document.index));
    return { outcome: managerOf(document) === undefined ? 'conflict' : 'removed', patch };
  }

  /** One creator of an identity at a time, so that the second finds what the first made. */
  async #create(request: ApplyRequest, submitted: ParsedDocument): Promise<WriteResult> {
    const { kind, name, folder, text, managedBy: manager } = request;
    return this.#mutex.run(`new ${kind}/${name}`, async () => {
      await this.#makeFolder(folder);
      const spot = await this.#spot(request);
      const place = 'document' in spot ? spot.place : spot;
      return this.#locked(place, async () => {
        if ('document' in spot) return this.#configure(await this.#standing(place, request, 0), submitted, request);
        const content = newText(text, submitted, manager);
        if (await createFile(place.target, content)) return resultOf(place, 'created', content);
        throw new ClarityError('Conflict', `${place.file} was made by somebody else meanwhile; try again`);
      });
    });
  }

  /** Where a document without a place is, or may be made. */
  async #spot({ kind, name, folder }: Named & { readonly folder?: string }): Promise<Standing | Place> {
    const source = this.#newHome();
    for (const file of [`${name}.yaml`, `${name}-policy.yaml`]) {
      const place = await newPlace(source, folder, file);
      const before = await readText(place.target);
      if (before === undefined) return place;
      const { documents } = parseValid(place.file, before.text, this.#limits);
      const document = documents.find((one) => one.kind === kind && one.name === name);
      if (document !== undefined) return { place, before, document };
    }
    throw new ClarityError(
      'Conflict',
      `${name}.yaml and ${name}-policy.yaml are taken by other documents; move them or choose another name`,
    );
  }

  async #configure(standing: Standing, submitted: ParsedDocument, request: ApplyRequest): Promise<WriteResult> {
    const { place, before, document } = standing;
    if (sameDocument(document.raw, submitted.raw)) return resultOf(place, 'unchanged', before.text);
    if (managerOf(document) === undefined && !request.force)
      throw foreign(standing, applyPatch(standing, submitted, managerOf(document)));
    const raw = managedBy(submitted.raw, request.managedBy);
    return this.#write(standing, replaceDocument(before.text, document.index, raw));
  }

  async #write({ place, before }: Standing, text: string): Promise<WriteResult> {
    if (text === before.text) return resultOf(place, 'unchanged', text);
    this.#check(place, text);
    await replaceFile(place.target, before, text);
    return resultOf(place, 'configured', text);
  }

  /** Throws where the source would not read the text. */
  #check(place: Place, text: string): void {
    if (Buffer.byteLength(text) > MAX_FILE_BYTES)
      throw new ClarityError('PayloadTooLarge', `${place.file} would be larger than 1 MiB and not be read any more`);
    parseValid(place.file, text, this.#limits);
  }

  /** The document where it was seen last, or elsewhere in the same file. */
  async #standing(place: Place, { kind, name }: Named, index: number): Promise<Standing> {
    const before = await readText(place.target);
    const documents = before === undefined ? [] : parseValid(place.file, before.text, this.#limits).documents;
    const own = documents.filter((one) => one.kind === kind && one.name === name);
    const document = own.find((one) => one.index === index) ?? own[0];
    if (before === undefined || document === undefined)
      throw new ClarityError('NotFound', `${kind} "${name}" is no longer in ${place.file}; look again and repeat`);
    return { place, before, document };
  }

  async #placeAt({ source: name, file }: DocumentOrigin): Promise<Place> {
    const source = this.#sources.find((one) => one.name === name);
    if (source !== undefined) return placeOf(source, file);
    throw new ClarityError('Conflict', `source ${name} cannot be written; change ${file} where it comes from`);
  }

  #newHome(): WritableSource {
    const [source] = this.#sources;
    if (source !== undefined) return source;
    throw new ClarityError('Conflict', 'no source of this daemon can be written');
  }

  async #makeFolder(folder: string | undefined): Promise<void> {
    const source = this.#newHome();
    if (folder === undefined) return;
    const { target, file } = await newPlace(source, folder, 'any.yaml');
    await mkdir(dirname(target)).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw unwritable(dirname(file), error);
    });
  }

  /** One writer a file at a time; what the file system refuses comes out as an error of the catalogue. */
  #locked<T>(place: Place, work: () => Promise<T>): Promise<T> {
    return this.#mutex.run(place.target, async () => {
      try {
        return await work();
      } catch (error) {
        throw error instanceof ClarityError ? error : unwritable(place.file, error);
      }
    });
  }
}

/** The change that would be made. With the owner there is it is without the mark, which is never a difference (surfaces.md, diff). */
function applyPatch(
  { place, before, document }: Standing,
  submitted: ParsedDocument,
  owner: string | undefined,
): string {
  const raw = managedBy(submitted.raw, owner);
  return renderPatch(place.file, before.text, replaceDocument(before.text, document.index, raw));
}

function foreign({ place, document }: Standing, patch: string): ClarityError {
  const message = `${document.kind} "${document.name}" in ${place.file} was written by hand; make the change there, or force it`;
  return new ClarityError('Conflict', message, { data: { file: place.file, patch } });
}

function unwritable(file: string, cause: unknown): ClarityError {
  const missing = errorCode(cause) === 'ENOENT';
  return new ClarityError(missing ? 'SourceMissing' : 'NotReady', `cannot write ${file}: ${errorMessage(cause)}`, {
    cause,
  });
}

async function unlinkLink(path: string): Promise<void> {
  if ((await lstat(path)).isSymbolicLink()) await unlink(path);
}

function resultOf({ file, source }: Place, outcome: WriteResult['outcome'], text: string): WriteResult {
  return { outcome, file, source: source.name, contentHash: contentHash(text) };
}
