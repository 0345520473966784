import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWholeFile } from '../../cli/write-file';
import { UserError } from '../../core/errors';
import { configFolder } from '../helpers/cli';

test('writes the file, in folders that it makes, and leaves nothing else', () => {
  const folder = join(configFolder(), 'new');
  writeWholeFile(join(folder, 'a.yaml'), 'one\n');
  writeWholeFile(join(folder, 'a.yaml'), 'two\n');

  expect(readdirSync(folder)).toEqual(['a.yaml']);
  expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('two\n');
});

test('fails with the name of the file where it cannot be written, and leaves nothing', () => {
  const config = configFolder();
  mkdirSync(join(config, 'a.yaml'));

  expect(() => writeWholeFile(join(config, 'a.yaml'), 'x')).toThrow(UserError);
  expect(() => writeWholeFile(join(config, 'a.yaml'), 'x')).toThrow(`${join(config, 'a.yaml')} cannot be written: `);
  expect(readdirSync(config)).toEqual(['a.yaml', 'agencies']);
});
