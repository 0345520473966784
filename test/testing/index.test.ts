import { readFileSync } from 'node:fs';
import { join } from 'node:path';

test('the README shows a test that runs here', () => {
  const root = join(__dirname, '..', '..');
  const shown = readFileSync(join(root, 'README.md'), 'utf8');
  const example = readFileSync(join(__dirname, 'example.test.ts'), 'utf8');
  const [, body] = example.split(/\n\n(?=test\()/);

  expect(shown).toContain(body!.trim());
});
