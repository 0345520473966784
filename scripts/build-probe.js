'use strict';

const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { strToU8, zipSync } = require('fflate');

/**
 * Packs the compiled IPv6 probe for Lambda: `node scripts/build-probe.js [dist]`.
 *
 * The zip's hash is in every stack, so it must be the same bytes on every machine: one entry, stored rather than
 * compressed (zlib's output differs between its versions), of a fixed time, mode and operating system.
 */
function main(dist = join(__dirname, '..', 'dist')) {
  const folder = join(dist, 'constructs', 'health', 'probe');
  const code = readFileSync(join(folder, 'handler.js'), 'utf8').replaceAll('\r\n', '\n');
  writeFileSync(join(folder, 'probe.zip'), zipSync({ 'index.js': [strToU8(code), ENTRY] }));
}

/** Zip knows local time only: the parts of this date are the same in every time zone. */
const ENTRY = { level: 0, mtime: new Date(1980, 0, 1, 12), os: 3, attrs: 0o100644 << 16 };

main(process.argv[2]);
