import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './helpers/steps';

const lines = readFileSync(join(ROOT, '.github/CODEOWNERS'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(/\s+/));

test('every path that has owners is there, for a line about nothing protects nothing', () => {
  expect(lines.filter(([path]) => !existsSync(join(ROOT, path!)))).toEqual([]);
  for (const [path, ...owners] of lines) {
    expect(path).toMatch(/^\//);
    expect(owners).toEqual([expect.stringMatching(/^@[\w-]+\/[\w-]+$/)]);
  }
});

test.each(['config/waivers.yaml', 'config/agencies/hue.yaml', '.github/CODEOWNERS', '.github/workflows/review.yml'])(
  'nobody changes %s alone',
  (file) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(lines.some(([path]) => `/${file}`.startsWith(path!))).toBe(true);
  },
);
