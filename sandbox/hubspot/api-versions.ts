/** What differs between the versions of the pipelines API; all else is the same in all of them (HubSpot's OpenAPI files). */
export interface ApiVersion {
  readonly prefix: string;
  /** Whether stages carry `writePermissions`. */
  readonly writePermissions: boolean;
  /** The value that the two validate parameters have if a request leaves them out. */
  readonly validatesByDefault: boolean;
  /** Whether `false` in a validate parameter lets a stage go that records are in. */
  readonly validationCanBeSkipped: boolean;
  /** Whether the DELETE of a stage takes the validate parameters at all. */
  readonly stageDeleteValidates: boolean;
}

const v3: ApiVersion = {
  prefix: '/crm/v3/pipelines',
  writePermissions: false,
  validatesByDefault: false,
  validationCanBeSkipped: true,
  stageDeleteValidates: true,
};

/** Every served version of the API. */
export const apiVersions: readonly ApiVersion[] = [
  v3,
  // Its OpenAPI file has no parameter at the DELETE of a stage, so it is taken for ignored.
  { ...v3, prefix: '/crm/pipelines/2025-09', writePermissions: true, stageDeleteValidates: false },
  { ...v3, prefix: '/crm/pipelines/2026-03', writePermissions: true },
  // The default is documented; that the bypass has no effect for stages that hold records was observed 2026-10,
  // against the documentation.
  {
    prefix: '/crm/pipelines/2026-09',
    writePermissions: true,
    validatesByDefault: true,
    validationCanBeSkipped: false,
    stageDeleteValidates: true,
  },
];
