/** Types are checked by `tsc` (npm run typecheck); here the code is only transformed, which keeps the suite quick. */
module.exports = {
  testEnvironment: 'node',
  // By default jest leaves a core to the watcher; on two cores that is half of them.
  maxWorkers: '100%',
  // No test is about time: this only ends what hangs.
  testTimeout: 2 * 60 * 1000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/terraform/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdktf.out/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
};
