import type { PipelineWarningCode } from '../generated/enums.ts';

/** Something that a caller should know of a write that is made all the same. */
export interface PipelineWarning {
  readonly code: PipelineWarningCode;
  /** For a person. */
  readonly message: string;
  /** The input field that the warning is about. */
  readonly path: readonly string[] | null;
}
