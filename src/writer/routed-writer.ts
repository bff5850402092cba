import type { DocumentOrigin, ManifestWriter, WriteResult } from '../reconcile/ports.ts';
import type {
  ApplyRequest,
  EditRequest,
  PreviewRequest,
  RemovalRequest,
  RemoveRequest,
  RestoreRequest,
} from './requests.ts';

/** Sends each request to the writer of the source that the document stands in; what stands nowhere goes to a directory. */
export class RoutedWriter implements ManifestWriter {
  readonly #directories: ManifestWriter;
  readonly #git: ManifestWriter;
  readonly #isGit: (source: string) => boolean;

  /** `isGit`: whether a source is a git source now; asked for each request, since sources come and go. */
  constructor(directories: ManifestWriter, git: ManifestWriter, isGit: (source: string) => boolean) {
    this.#directories = directories;
    this.#git = git;
    this.#isGit = isGit;
  }

  apply(request: ApplyRequest): Promise<WriteResult> {
    return this.#of(request).apply(request);
  }

  edit(request: EditRequest): Promise<WriteResult> {
    return this.#of(request).edit(request);
  }

  restore(request: RestoreRequest): ReturnType<ManifestWriter['restore']> {
    return this.#of(request).restore(request);
  }

  remove(request: RemoveRequest): Promise<WriteResult> {
    return this.#of(request).remove(request);
  }

  preview(request: PreviewRequest): ReturnType<ManifestWriter['preview']> {
    return this.#of(request).preview(request);
  }

  previewRemoval(request: RemovalRequest): ReturnType<ManifestWriter['previewRemoval']> {
    return this.#of(request).previewRemoval(request);
  }

  #of({ at }: { readonly at: DocumentOrigin | undefined }): ManifestWriter {
    return at !== undefined && this.#isGit(at.source) ? this.#git : this.#directories;
  }
}
