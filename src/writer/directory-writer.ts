import { lstat, mkdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { contentHash } from '../manifest/index.ts';
import type { DocumentOrigin, ManifestWriter, WriteResult } from '../reconcile/ports.ts';
import { ClarityError, errorCode, errorMessage } from '../shared/errors.ts';
import type { DefaultLimits } from '../shared/limits.ts';
import { createFile, readText, removeFile, replaceFile, type FileText } from './atomic-file.ts';
import { KeyedMutex } from './keyed-mutex.ts';
import { ManifestEdits, previewOf, refuseForeign, unforced, type HeldFile, type TextChange } from './manifest-edits.ts';
import { newPlace, placeOf, type Place, type WritableSource } from './place.ts';
import type {
  ApplyRequest,
  EditRequest,
  PreviewRequest,
  RemovalRequest,
  RemoveRequest,
  RestoreRequest,
} from './requests.ts';

/** Edits the manifests of directory sources; new documents go to the first (reconcile-behaviour §1.1). */
export class DirectoryWriter implements ManifestWriter {
  readonly #sources: () => readonly WritableSource[];
  readonly #edits: ManifestEdits;
  readonly #mutex = new KeyedMutex();

  /** `sources`: those there are now; they come and go. */
  constructor(sources: () => readonly WritableSource[], limits?: DefaultLimits) {
    this.#sources = sources;
    this.#edits = new ManifestEdits(limits);
  }

  async apply(request: ApplyRequest): Promise<WriteResult> {
    if (request.at === undefined) return this.#create(request);
    return this.#write(await this.#placeAt(request.at), (held) => this.#edits.apply(held, request));
  }

  async edit(request: EditRequest): Promise<WriteResult> {
    return this.#write(await this.#placeAt(request.at), (held) => this.#edits.edit(held, request));
  }

  async restore(request: RestoreRequest): Promise<WriteResult & { readonly patch: string }> {
    const place = await this.#placeAt(request.at);
    let patch = '';
    const decide = (held: HeldFile) => {
      const change = this.#edits.restore(held, request);
      patch = change.patch();
      return change;
    };
    if (!request.dryRun) return { ...(await this.#write(place, decide)), patch };
    return { ...resultOf(place, decide(heldIn(place, await this.#read(place)))), patch };
  }

  async remove(request: RemoveRequest): Promise<WriteResult> {
    return this.#write(await this.#placeAt(request.at), (held) => this.#edits.remove(held, request));
  }

  async preview(request: PreviewRequest): Promise<Awaited<ReturnType<ManifestWriter['preview']>>> {
    const place = request.at === undefined ? await this.#spot(request) : await this.#placeAt(request.at);
    return previewOf(this.#edits.apply(heldIn(place, await this.#read(place)), unforced(request)), request.exact);
  }

  async previewRemoval(request: RemovalRequest): Promise<Awaited<ReturnType<ManifestWriter['previewRemoval']>>> {
    const place = await this.#placeAt(request.at);
    const change = this.#edits.remove(heldIn(place, await this.#read(place)), { ...request, force: false });
    return { outcome: change.foreign ? 'conflict' : 'removed', patch: change.patch() };
  }

  /** One creator of an identity at a time, so that the second finds what the first made. */
  async #create(request: ApplyRequest): Promise<WriteResult> {
    const { kind, name, folder } = request;
    return this.#mutex.run(`new ${kind}/${name}`, async () => {
      // Nothing is made, a folder neither, for a text that cannot be taken.
      this.#edits.apply({ file: `${name}.yaml`, text: undefined }, request);
      await this.#makeFolder(folder);
      return this.#write(await this.#spot(request), (held) => this.#edits.apply(held, request));
    });
  }

  /** Where a document without a place is, or may be made. */
  async #spot({ kind, name, folder }: Pick<ApplyRequest, 'kind' | 'name' | 'folder'>): Promise<Place> {
    const source = this.#newHome();
    for (const file of [`${name}.yaml`, `${name}-policy.yaml`]) {
      const place = await newPlace(source, folder, file);
      const before = await this.#read(place);
      if (before === undefined || this.#edits.holds(heldIn(place, before), { kind, name })) return place;
    }
    throw new ClarityError(
      'Conflict',
      `${name}.yaml and ${name}-policy.yaml are taken by other documents; move them or choose another name`,
    );
  }

  /** One writer a file at a time; what the file system refuses comes out as an error of the catalogue. */
  #write(place: Place, decide: (held: HeldFile) => TextChange): Promise<WriteResult> {
    return this.#mutex.run(place.target, () =>
      translated(place.file, async () => {
        const before = await readText(place.target);
        const change = decide(heldIn(place, before));
        refuseForeign(change);
        if (change.outcome !== 'unchanged') await put(place, before, change.after);
        return resultOf(place, change);
      }),
    );
  }

  #read(place: Place): Promise<FileText | undefined> {
    return translated(place.file, () => readText(place.target));
  }

  async #placeAt({ source: name, file }: DocumentOrigin): Promise<Place> {
    const source = this.#sources().find((one) => one.name === name);
    if (source !== undefined) return placeOf(source, file);
    throw new ClarityError('Conflict', `source ${name} cannot be written; change ${file} where it comes from`);
  }

  #newHome(): WritableSource {
    const [source] = this.#sources();
    if (source !== undefined) return source;
    throw new ClarityError('Conflict', 'no source of this daemon can be written');
  }

  async #makeFolder(folder: string | undefined): Promise<void> {
    if (folder === undefined) return;
    const { target, file } = await newPlace(this.#newHome(), folder, 'any.yaml');
    await mkdir(dirname(target)).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw unwritable(dirname(file), error);
    });
  }
}

/** Makes the file say `text`, if it still says `before`; an empty text takes it away, and the link that it was named by. */
async function put(place: Place, before: FileText | undefined, text: string): Promise<void> {
  if (before === undefined) {
    if (await createFile(place.target, text)) return;
    throw new ClarityError('Conflict', `${place.file} was made by somebody else meanwhile; try again`);
  }
  if (text !== '') return replaceFile(place.target, before, text);
  await removeFile(place.target, before);
  if (place.target !== place.path) await unlinkLink(place.path);
}

async function translated<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ClarityError ? error : unwritable(file, error);
  }
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

function heldIn({ file }: Place, before: FileText | undefined): HeldFile {
  return { file, text: before?.text };
}

function resultOf({ file, source }: Place, { outcome, after }: TextChange): WriteResult {
  return { outcome, file, source: source.name, contentHash: contentHash(after) };
}
