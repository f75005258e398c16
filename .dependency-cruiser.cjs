/** The house: arrows point down only, and cross a folder's border only through its index.ts (docs/architecture.md). */
const arrows = {
  wsdl: [],
  masking: [],
  judge: ['wsdl'],
  openapi: ['wsdl'],
  connectors: ['wsdl', 'masking'],
  mocks: ['wsdl', 'masking', 'judge'],
  facade: ['openapi', 'connectors', 'wsdl', 'masking'],
  cli: ['facade', 'mocks', 'connectors', 'openapi', 'wsdl', 'masking', 'judge'],
};
const folders = Object.keys(arrows);

const layers = folders.map((from) => ({
  name: `${from}-arrows`,
  severity: 'error',
  comment: `${from}/ may import only: ${arrows[from].join(', ') || 'nothing of ours'}`,
  from: { path: `^${from}/` },
  to: {
    path: `^(${folders.filter((to) => to !== from && !arrows[from].includes(to)).join('|')}|examples|test|bench)/`,
  },
}));

const borders = folders.map((folder) => ({
  name: `${folder}-border`,
  severity: 'error',
  comment: `${folder}/ is entered through ${folder}/index.ts`,
  from: { pathNot: [`^${folder}/`, '^test/', '^bench/', '^build\\.ts$'] },
  to: { path: `^${folder}/`, pathNot: `^${folder}/index\\.ts$` },
}));

module.exports = {
  forbidden: [
    ...layers,
    ...borders,
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'io-in-wsdl-only-in-its-loader',
      severity: 'error',
      from: { path: '^wsdl/', pathNot: '^wsdl/load/' },
      to: {
        path: ['^(node:)?(fs|fs/promises|net|http|https|dns|tls|child_process)$', 'node_modules/undici/'],
      },
    },
    {
      name: 'express-only-at-the-edge',
      severity: 'error',
      from: { pathNot: '^(facade/http|mocks|test|bench)/' },
      to: { path: 'node_modules/express(-rate-limit)?/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'amqplib-only-in-its-connector',
      severity: 'error',
      from: { pathNot: '^(connectors/amqp|examples/esb-subscriber|test|bench)/' },
      to: { path: 'node_modules/amqplib/' },
    },
    {
      name: 'ioredis-only-in-its-link',
      severity: 'error',
      from: { pathNot: '^(facade/redis|test)/' },
      to: { path: 'node_modules/ioredis/' },
    },
    {
      name: 'database-drivers-only-in-commands',
      severity: 'error',
      from: { pathNot: '^(facade/commands|test)/' },
      to: { path: '^(node:sqlite|.*node_modules/pg/)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
