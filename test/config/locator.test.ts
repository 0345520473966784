import fs from 'node:fs';
import { join } from 'node:path';
import { loadAgency } from '../../config/load';
import { agencyLocator, configLocator } from '../../config/locator';
import { configFolder, edit, HUE } from '../helpers/config-folder';
import { REGISTRY } from '../helpers/registry';

const DEFAULTS = 'region: ap-southeast-1\nnetwork:\n  nat: single\n';

const allow = ['environments', 'production', 'portals', 'portal', 'allow'];

describe('agencyLocator', () => {
  test('finds keys where loadAgency does, in the file and in defaults.yaml', () => {
    const folder = configFolder({ 'agencies/hue.yaml': HUE, 'defaults.yaml': DEFAULTS });
    const locator = agencyLocator(folder, 'hue')!;
    const [loaded] = loadAgency(folder, 'hue').agencies;
    const paths = [
      allow,
      [...allow.slice(0, 4), 'domain'],
      [...allow.slice(0, 4), 'publish', 'aaaa'],
      ['environments', 'production', 'network', 'nat'],
      ['environments', 'production', 'network', 'zones'],
      ['environments', 'staging'],
    ];

    expect(paths.map((path) => locator.locate(path))).toEqual(paths.map((path) => loaded!.locate(path)));
    expect(locator.locate([...allow.slice(0, 4), 'domain'])).toEqual({
      file: join(folder, 'agencies/hue.yaml'),
      line: 18,
      column: 9,
    });
    expect(locator.locate(['environments', 'production', 'network', 'nat'])).toEqual({
      file: join(folder, 'defaults.yaml'),
      line: 3,
      column: 3,
    });
  });

  test('finds keys in a file that breaks the schema', () => {
    const folder = configFolder({ 'agencies/hue.yaml': edit(HUE, ['zones: 3', 'zones: many']) });

    expect(agencyLocator(folder, 'hue')!.locate(['environments', 'production', 'network', 'zones']).line).toBe(15);
  });

  test.each([
    ['is no YAML', 'agency: ['],
    ['is empty', ''],
    ['is a list', '- hue'],
    ['has one alias too many', 'agency: *nobody'],
  ])('of a file that %s knows the file', (_, text) => {
    const folder = configFolder({ 'agencies/hue.yaml': text, 'defaults.yaml': DEFAULTS });

    expect(agencyLocator(folder, 'hue')!.locate(allow).file).toBe(join(folder, 'agencies/hue.yaml'));
  });

  test('does without a defaults.yaml that is no YAML', () => {
    const folder = configFolder({ 'agencies/hue.yaml': HUE, 'defaults.yaml': '{' });

    expect(agencyLocator(folder, 'hue')!.locate([...allow.slice(0, 4), 'domain']).line).toBe(18);
  });

  test('is not there for an agency without a file, or without a config folder', () => {
    expect(agencyLocator(configFolder({ 'agencies/hue.yaml': HUE }), 'danang')).toBeUndefined();
    expect(agencyLocator(configFolder({}), 'hue')).toBeUndefined();
    expect(agencyLocator('/nowhere', 'hue')).toBeUndefined();
  });

  test('knows the environments of its stacks, and no others', () => {
    const locator = agencyLocator(configFolder({ 'agencies/hue.yaml': HUE }), 'hue')!;

    expect(locator.environmentOf('hue-production')).toBe('production');
    expect(locator.environmentOf('hue-staging')).toBeUndefined();
    expect(locator.environmentOf('danang-production')).toBeUndefined();
    expect(locator.environmentOf('hue')).toBeUndefined();
  });
});

describe('configLocator', () => {
  const named = (id: string, ...environments: readonly string[]) =>
    `agency:\n  id: ${id}\nenvironments:\n${environments.map((name) => `  ${name}:\n    region: ap-southeast-1\n`).join('')}`;

  test('finds agency and environment of a stack, whatever hyphens they have', () => {
    const { ofStack } = configLocator(
      configFolder({
        'agencies/a.yaml': named('a', 'test', 'b-test'),
        'agencies/a-b.yml': named('a-b', 'production'),
      }),
    );
    const found = (stack: string) => {
      const { agency, environment } = ofStack(stack) ?? {};
      return [agency, environment];
    };

    expect(found('a-test')).toEqual(['a', 'test']);
    expect(found('a-b-test')).toEqual(['a', 'b-test']);
    expect(found('a-b-production')).toEqual(['a-b', 'production']);
    expect(found('a-production')).toEqual([undefined, undefined]);
    expect(found('plan.json')).toEqual([undefined, undefined]);
    expect(ofStack('a-b-production')!.locate(['environments', 'production', 'region'])).toMatchObject({ line: 5 });
  });

  test('reads the file of an agency once for stacks in a row, be they its own or not', () => {
    const folder = configFolder({
      'agencies/a.yaml': named('a', 'test', 'live'),
      'agencies/b.yaml': named('b', 'live'),
    });
    const read = jest.spyOn(fs, 'readFileSync');
    const { ofStack } = configLocator(folder);
    const found = ['a-live', 'a-other', 'a-more', 'a-test', 'b-live', 'b-more'].map((stack) => ofStack(stack)?.agency);
    const files = read.mock.calls.map(([file]) => String(file)).filter((file) => file.startsWith(folder));
    read.mockRestore();

    expect(found).toEqual(['a', undefined, undefined, 'a', 'b', undefined]);
    expect(files.filter((file) => file.endsWith('a.yaml'))).toHaveLength(1);
    expect(files.filter((file) => file.endsWith('b.yaml'))).toHaveLength(1);
  });

  test('names the file of a stack that cannot be read, without a line', () => {
    const folder = configFolder({ 'agencies/hue.yaml': '\tagency:' });

    expect(configLocator(folder).ofStack('hue-production')!.locate(allow)).toEqual({
      file: join(folder, 'agencies/hue.yaml'),
    });
  });

  test('does not load the schema, which takes longer than a whole check', () => {
    const loaded = jest.fn();
    const folder = configFolder({ 'agencies/hue.yaml': HUE });
    jest.isolateModules(() => {
      jest.doMock('zod', () => loaded() as object);
      const light = jest.requireActual<typeof import('../../config/locator')>('../../config/locator');

      expect(light.agencyLocator(folder, 'hue')!.environmentOf('hue-production')).toBe('production');
    });
    expect(loaded).not.toHaveBeenCalled();
  });
});

describe('beside agencies', () => {
  const state = edit(HUE, ['    network:\n', '    state: { bucket: hue-tfstate }\n    network:\n']);

  test('finds keys of the registry, whether or not they are right', () => {
    const folder = configFolder({ 'registry.yaml': edit(REGISTRY, ['region: ap-southeast-1', 'region: nowhere']) });

    expect(configLocator(folder).ofRegistry()!.locate(['pools', 'provinces', 'ipv4'])).toEqual({
      file: join(folder, 'registry.yaml'),
      line: 11,
      column: 5,
    });
    expect(configLocator(configFolder({})).ofRegistry()).toBeUndefined();
  });

  test.each([
    ['hue-state', 'hue-tfstate', 'agencies/hue.yaml', 13],
    ['hue-state-staging', 'hue-tfstate', 'agencies/hue.yaml', 13],
    ['hue-state', 'other', undefined, undefined],
    ['langson-state', 'hue-tfstate', undefined, undefined],
    ['huestate', 'hue-tfstate', undefined, undefined],
  ])('finds the bucket of stack %s that is called %s', (stack, bucket, file, line) => {
    const folder = configFolder({ 'agencies/hue.yaml': state });
    const found = configLocator(folder).ofBucket(stack, bucket);

    expect(found && { file: found.file.replace(`${folder}/`, ''), line: found.line }).toEqual(file && { file, line });
  });

  test('finds a bucket that defaults.yaml names, and that of the registry', () => {
    const folder = configFolder({
      'agencies/hue.yaml': HUE,
      'defaults.yaml': 'state: { bucket: province }\n',
      'registry.yaml': edit(REGISTRY, ['ipv4: 10.0.0.0/8', 'state: { bucket: registry }\nipv4: 10.0.0.0/8']),
    });

    expect(configLocator(folder).ofBucket('hue-state', 'province')).toMatchObject({
      file: join(folder, 'defaults.yaml'),
      line: 1,
    });
    expect(configLocator(folder).ofBucket('address-registry-state', 'registry')).toMatchObject({
      file: join(folder, 'registry.yaml'),
      line: 3,
    });
  });
});
