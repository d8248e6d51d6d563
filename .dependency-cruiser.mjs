/**
 * Who may import whom (docs/architecture.md, "Rooms"): kernel ← infra ← resource ← platform ← features ← exports ← app.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const rooms = ['kernel', 'infra', 'resource', 'platform', 'features', 'exports'];

const leftOnly = rooms.slice(0, -1).map((room, index) => ({
  name: `${room}-looks-left`,
  severity: 'error',
  comment: 'Imports point left and down.',
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${rooms.slice(index + 1).join('|')}|cli|app\\.module|main)` },
}));

export default {
  forbidden: [
    ...leftOnly,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      comment: 'The kernel is plain TypeScript: no framework, no database, no file system.',
      from: { path: '^src/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: '^node_modules/uuid/' },
    },
    {
      name: 'features-stay-apart',
      severity: 'error',
      comment: 'References between features go by resource name.',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'one-reader-of-the-environment',
      severity: 'error',
      comment: 'Only the start reads the configuration from outside; everybody else is handed it.',
      from: { path: '^src/(kernel|resource|features)/' },
      to: { path: '^src/infra/config/' },
    },
    {
      name: 'sources-know-no-tests',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { path: '^(test|bench)/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
