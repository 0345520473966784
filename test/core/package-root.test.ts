import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, packageVersion } from '../../core/package-root';

test('the root is the folder with the package.json of portal6', () => {
  expect(packageRoot()).toBe(join(__dirname, '../..'));
  expect(existsSync(join(packageRoot(), 'config/directory.yaml'))).toBe(true);
});

test('the version is that of the package.json', () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };

  expect(packageVersion()).toBe(version);
});
