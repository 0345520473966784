const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { referencePage } = require('../dist/config/reference-page');

writeFileSync(join(__dirname, '..', 'docs', 'agency-file.md'), referencePage());
