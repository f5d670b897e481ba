import * as z from 'zod';

/**
 * What nobody outside the upstreams knows and a client must get along with either way. It is chosen at the start, or in
 * SANDBOX_UNKNOWNS. What is left out is as {@link defaultUnknowns} says.
 */
export const unknownsInput = z
  .strictObject({
    /**
     * HubSpot's stages with the same displayOrder in one write: observed to be renumbered, the written one last. Documented to
     * sort by label, whether they stay as sent or are renumbered.
     */
    ties: z.enum(['renumbered', 'kept', 'by label']),
    /** What a PUT at HubSpot's current versions does with a stageId that no stage of the pipeline has. */
    unknownStageIds: z.enum(['new id', 'kept', 'refused']),
    /** The same at crm-pipelines v1, which knows no stage ids that it makes itself. */
    v1UnknownStageIds: z.enum(['kept', 'new id', 'refused']),
    /** What a DELETE at HubSpot's current versions does; a PATCH of `archived` restores what was only archived. */
    deleteEffect: z.enum(['purge', 'deactivate']),
    /** What a DELETE at crm-pipelines v1 does; its list can show inactive pipelines. */
    v1DeleteEffect: z.enum(['deactivate', 'purge']),
    /** Which state an audit entry's rawObject shows: the guide's example has the later one, its words have the earlier one. */
    auditObject: z.enum(['after', 'before']),
    /** How HubSpot writes the ids in the context of a reference check; all four forms were met. */
    referenceContext: z.enum(['bracketed', 'unspaced', 'numbers', 'list']),
    /** How the organization API applies its legacy rename pairs. */
    renamePairs: z.enum(['at once', 'one after the other']),
    /** Whether the organization API shows deactivated stages, with isActive false, in a pipeline. */
    inactiveStages: z.enum(['hidden', 'shown']),
    /** How many reads of a pipeline still show it as it was before a write; 0 if each shows what was written. */
    lateReads: z.int().min(0).max(1000),
  })
  .partial();

/** Every choice made. */
export type Unknowns = Required<z.output<typeof unknownsInput>>;

/** The choices that the sandbox makes unless it is started with others. */
export const defaultUnknowns: Unknowns = {
  ties: 'renumbered',
  unknownStageIds: 'new id',
  v1UnknownStageIds: 'kept',
  deleteEffect: 'purge',
  v1DeleteEffect: 'deactivate',
  auditObject: 'after',
  referenceContext: 'bracketed',
  renamePairs: 'at once',
  inactiveStages: 'hidden',
  lateReads: 0,
};
