const v3 = {
  prefix: '/crm/v3/pipelines',
  writePermissions: false,
  validatesByDefault: false,
  validationCanBeSkipped: true,
};
/** Every served version of the API. */
export const apiVersions = [
  v3,
  { ...v3, prefix: '/crm/pipelines/2026-03', writePermissions: true },
  // The default is documented; that the bypass has no effect for stages that hold records was observed 2026-10,
  // against the documentation.
  {
    prefix: '/crm/pipelines/2026-09',
    writePermissions: true,
    validatesByDefault: true,
    validationCanBeSkipped: false,
  },
];
