import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackJson } from '../../stacks/synthesize';
import { agencyFile } from '../helpers/agency';
import { configFolder, portal6 } from '../helpers/cli';

jest.mock('../../report/stack-view', () => ({
  stackView: () => {
    throw new Error('out of order');
  },
}));

test('a stack that cannot be shown is told with its trace, is in the page all the same, and exits with 70', async () => {
  const config = configFolder();
  const folder = join(config, 'hue-production');
  mkdirSync(folder);
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(stackJson({ config: agencyFile() })));
  const output = join(config, 'report.html');
  const { code, err } = await portal6(['report', folder, '--config', config, '--output', output]);

  expect(code).toBe(70);
  expect(err).toMatch(/V6-PATH-001 broke down on hue-production of hue-production:\nError: out of order\n/);
  expect(readFileSync(output, 'utf8')).toContain('<tr id="hue-production/"');
});
