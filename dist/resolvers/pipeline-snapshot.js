import { toSnapshotDocument } from '../snapshot-document.js';
export const pipelineSnapshot = {
  document: (snapshot) => toSnapshotDocument(snapshot),
};
