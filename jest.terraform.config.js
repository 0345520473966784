const base = require('./jest.config.js');

/** The stacks against the real Terraform and AWS provider: `PORTAL6_PLUGIN_DIR=<folder of providers> npm run test:terraform`. */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/terraform/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/terraform/helpers/announce.ts',
  // Names what is skipped, and why.
  verbose: true,
  // Concurrent tests of a file: each is a Terraform that uses one core, more or less.
  maxConcurrency: 2,
  // A test waits for its turn before it starts.
  testTimeout: 10 * 60 * 1000,
};
