const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { referencePages } = require('../dist/cli/reference-pages');
const { referencePage, registryReferencePage } = require('../dist/config/reference-page');
const { rulesPage } = require('../dist/policy/rules-page');
const { reportSchemaTexts } = require('../dist/review/report-json-schema');

const root = join(__dirname, '..');
const docs = join(root, 'docs');
writeFileSync(join(docs, 'agency-file.md'), referencePage());
writeFileSync(join(docs, 'registry-file.md'), registryReferencePage());
writeFileSync(join(docs, 'rules.md'), rulesPage());
for (const [name, text] of Object.entries(reportSchemaTexts())) writeFileSync(join(docs, name), text);

mkdirSync(join(docs, 'reference'), { recursive: true });
referencePages(join(root, 'config')).then((pages) => {
  for (const [name, text] of pages) writeFileSync(join(docs, 'reference', name), text);
});
