import { touchedBy } from '../../cli/touched';
import { packageRoot } from '../../core/package-root';
import { ScratchRepo } from '../helpers/scratch-repo';

const repo = { root: new ScratchRepo([]).root, prefix: '' };
const toolkit = { root: packageRoot(), prefix: '' };

function touched(files: readonly string[], config = 'config', copy = repo) {
  const { agencies, code } = touchedBy(files, config, copy);
  return { agencies: agencies === 'all' ? agencies : [...agencies], code };
}

test.each<[string, string[], string[] | 'all']>([
  ['agency files', ['config/agencies/hue.yaml', 'config/agencies/langson.yml'], ['hue', 'langson']],
  ['what all agencies share', ['config/defaults.yaml'], 'all'],
  ['waivers', ['config/waivers.yaml'], 'all'],
  ['the registry', ['config/registry.yaml'], 'all'],
  ['what an agency may name by its file', ['config/agencies/user-data/hue.sh'], 'all'],
  [
    'documents, schemas and references',
    ['config/README.md', 'config/agency.schema.json', 'config/reference/static.yaml'],
    [],
  ],
  ['other folders', ['config-old/agencies/hue.yaml', 'agencies/hue.yaml', 'README.md', 'core/x.ts'], []],
])('tells whose stacks may be others from %s', (_, files, agencies) => {
  expect(touched(files)).toEqual({ agencies, code: false });
});

test('finds the config folder wherever it is', () => {
  expect(touched(['fleet/hue/agencies/hue.yaml', 'config/agencies/langson.yaml'], 'fleet/hue').agencies).toEqual([
    'hue',
  ]);
  expect(touched(['agencies/hue.yaml'], '').agencies).toEqual(['hue']);
});

test('takes portal6 itself for changed in its own repository alone', () => {
  for (const file of ['constructs/edge/edge.ts', 'package-lock.json', 'config/schema.ts', 'scripts/build-probe.js']) {
    expect(touched([file], 'config', toolkit)).toEqual({ agencies: 'all', code: true });
    expect(touched([file])).toEqual({ agencies: [], code: false });
  }
  for (const file of ['test/cli/touched.test.ts', 'policy/check.ts', 'docs/rules.md', 'package.json']) {
    expect(touched([file], 'config', toolkit)).toEqual({ agencies: [], code: false });
  }
});
