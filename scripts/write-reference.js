const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { referencePage } = require('../dist/config/reference-page');
const { rulesPage } = require('../dist/policy/rules-page');

const docs = join(__dirname, '..', 'docs');
writeFileSync(join(docs, 'agency-file.md'), referencePage());
writeFileSync(join(docs, 'rules.md'), rulesPage());
