import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Report } from '../../policy/report';
import { RULES } from '../../policy/rules';
import { addDays, today } from '../../core/days';
import { stackJson } from '../../stacks/synthesize';
import { example, EXAMPLES } from '../helpers/agencies';
import { agencyFile, type StackJson } from '../helpers/agency';
import { configFolder, portal6, Sink } from '../helpers/cli';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal6-check-'));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('without a path', () => {
  test('checks all agencies in memory, and writes nothing', async () => {
    const config = examples('hue', 'langson');
    const { code, out, err } = await portal6(['check', '--config', config]);

    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^STACK +NAME +LEVEL +DNS +EDGE +LISTENER +FIREWALL +ROUTE +TARGET +HEALTH\n/);
    expect(out).toMatch(/^hue-production +hue\.gov\.vn +L3( +4\+6){7}$/m);
    expect(out).toMatch(/^langson-production +langson\.gov\.vn +L4( +4\+6){7}$/m);
    expect(out.trim().split('\n').at(-1)).toMatch(/^Passed.*: 3 stacks, \d+ resources, 4 portals$/);
    expect(existsSync(join(dirname(config), 'cdktf.out'))).toBe(false);
  });

  test('checks what it can when a file is wrong, and exits with 2', async () => {
    const config = examples('hue', 'langson');
    writeFileSync(join(config, 'agencies', 'langson.yaml'), example('langson').replace('kind:', 'kin:'));
    const { code, out, err } = await portal6(['check', '--config', config]);

    expect(code).toBe(2);
    expect(err).toContain('langson.yaml:');
    expect(out).toMatch(/^Passed.*: 2 stacks/m);
  });
});

describe('of a target', () => {
  test('checks that agency or environment in memory', async () => {
    const config = examples('hue', 'langson');
    const agency = await reportOf(['hue', '--config', config]);
    const environment = await reportOf(['hue/staging', '--config', config]);

    expect(stacksIn(agency)).toEqual(['hue-production', 'hue-staging']);
    expect(stacksIn(environment)).toEqual(['hue-staging']);
  });

  test('prefers a file or folder of that name', async () => {
    const config = examples('hue');
    const here = process.cwd();
    process.chdir(folder);
    try {
      write('hue/cdk.tf.json', broken(hue('here')));
      expect(stacksIn(await reportOf(['hue', '--config', config]))).toEqual(['here']);
    } finally {
      process.chdir(here);
    }
  });

  test.each([
    ['hui', /^hui: there is no such file or folder, and no agency `hui` in .*agencies; did you mean `hue`\?\n$/],
    ['hue/prodution', /^hue has no environment prodution; it has .*; did you mean `production`\?\n$/],
    ['plan.json', /^plan\.json: there is no such file or folder\n$/],
    ['/no/such/folder', /^\/no\/such\/folder: there is no such file or folder\n$/],
    ['a/b/c', /^a\/b\/c: there is no such file or folder\n$/],
  ])('fails for %s, which is neither', async (path, message) => {
    const { code, out, err } = await portal6(['check', path, '--config', examples('hue')]);

    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});

test('fails for the file of an agency, and says how to name the agency', async () => {
  const config = examples('hue');
  const [own, other] = [join(config, 'agencies', 'hue.yaml'), join(config, 'defaults.yaml')];

  expect((await portal6(['check', own, '--config', config])).err).toBe(
    `${own}: is YAML, not the JSON of a stack or plan; did you mean the agency, \`hue\`?\n`,
  );
  expect(await portal6(['check', other, '--config', config])).toEqual({
    code: 2,
    out: '',
    err: `${other}: is YAML, not the JSON of a stack or plan\n`,
  });
});

describe('of a folder', () => {
  test('a finding names hop, why, fix and the line of YAML', async () => {
    const config = examples('hue');
    write('hue-production/cdk.tf.json', broken(hue()));
    const { code, out } = await portal6(['check', join(folder, 'hue-production'), '--config', config]);
    const line =
      example('hue')
        .split('\n')
        .findIndex((text) => text.trim().startsWith('ipv6:')) + 1;

    expect(code).toBe(1);
    expect(out).toContain('error  V6-VPC-001  A VPC has an IPv6 block');
    expect(out).toContain(`at ${config}/agencies/hue.yaml:${line}:`);
    expect(out).toContain('of hue-production/network/Resource');
    expect(out).toMatch(
      /\n {4}hop {2}route\n {4}why {2}Subnets, load balancers .*\n(.*\n)? {4}fix {2}Set `assign_generated/,
    );
    expect(out).toMatch(/^Not passed: \d+ error/m);
  });

  test('of no agency names the file', async () => {
    const file = write('elsewhere/cdk.tf.json', { resource: { aws_vpc: { main: { cidr_block: '10.0.0.0/16' } } } });
    const { findings } = await reportOf([file, '--rule', 'V6-VPC-001', '--config', examples('hue')]);

    expect(findings).toMatchObject([{ rule: 'V6-VPC-001', stack: 'elsewhere', source: { file } }]);
  });

  test('says the same, byte by byte, in whatever order it is asked', async () => {
    const config = examples('hue');
    const one = write('one/cdk.tf.json', broken(hue('one')));
    const two = write('two/cdk.tf.json', broken(hue('two')));
    const [first, second] = await Promise.all(
      [
        [one, two],
        [two, one],
      ].map((paths) => portal6(['check', ...paths, '--config', config, '--format', 'json'])),
    );

    expect(second).toEqual(first);
    expect(JSON.parse(first!.out).findings.length).toBeGreaterThan(1);
  });
});

describe('of stacks of one id', () => {
  test('keeps those of two folders apart', async () => {
    const before = write('base/hue-production/cdk.tf.json', hue());
    const after = write('head/hue-production/cdk.tf.json', broken(hue()));
    const report = await reportOf([before, after, '--config', examples('hue')]);
    const { code, out } = await portal6(['check', before, after, '--config', examples('hue')]);

    expect([...new Set(report.findings.filter(({ rule }) => rule === 'V6-VPC-001').map(({ stack }) => stack))]).toEqual(
      [after],
    );
    expect(report.portals.map(({ stack, name }) => [stack, name])).toEqual([
      [after, 'portal.hue.gov.vn'],
      [after, 'www.hue.gov.vn'],
      ['hue-production', 'portal.hue.gov.vn'],
      ['hue-production', 'www.hue.gov.vn'],
    ]);
    expect(report.summary.stacks).toBe(2);
    expect(code).toBe(1);
    expect(out).toMatch(/^hue-production +portal\.hue\.gov\.vn +L3( +4\+6){7}$/m);
  });

  test('keeps a plan, what it was made from and the design apart', async () => {
    const folderOfStack = write('out/stacks/hue-production/cdk.tf.json', hue());
    const plan = write('plan.json', planOf(hue()));
    const paths = [folderOfStack, plan, 'hue/production'];
    const report = await reportOf([...paths, '--config', examples('hue'), '--synth', join(folder, 'out')]);

    expect(new Set(report.portals.map(({ stack }) => stack))).toEqual(
      new Set([plan, 'hue-production', 'hue-production (as configured)']),
    );
  });
});

test('a finding of a plan names the line of YAML by the stack that it was made from', async () => {
  const config = examples('hue');
  const stack = hue();
  write('out/stacks/hue-production/cdk.tf.json', stack);
  const plan = write('plan.json', planOf(broken(hue())));
  const args = [plan, '--rule', 'V6-VPC-001', '--config', config];
  const { findings } = await reportOf([...args, '--synth', join(folder, 'out')]);
  const alone = await reportOf([...args, '--synth', join(folder, 'nowhere')]);

  expect(findings).toMatchObject([
    {
      stack: 'hue-production',
      construct: 'hue-production/network/Resource',
      source: { file: `${config}/agencies/hue.yaml`, line: expect.any(Number) },
    },
  ]);
  expect(alone.findings).toMatchObject([{ stack: 'plan.json', source: { file: plan } }]);
});

describe('rules', () => {
  test('--rule asks them alone, whatever the case', async () => {
    const file = write('x/cdk.tf.json', broken(hue('x')));
    const { findings } = await reportOf([file, '--rule', 'v6-vpc-001', '--config', examples('hue')]);

    expect(findings.map(({ rule }) => rule)).toEqual(['V6-VPC-001']);
  });

  test('--skip leaves them out', async () => {
    const file = write('x/cdk.tf.json', { resource: { aws_vpc: { main: {} } } });
    const rules = ['--rule', 'V6-VPC-001', '--rule', 'V6-RT-001', '--skip', 'V6-VPC-001'];
    const skipped = await portal6(['check', file, ...rules, '--config', examples('hue')]);

    expect(skipped).toMatchObject({ code: 0, err: '' });
  });

  test.each([
    [['--rule', 'V6-VPC-01'], 'no rule `V6-VPC-01`; did you mean `V6-VPC-001`?\n'],
    [['--skip', 'nonsense'], 'no rule `nonsense`; portal6 rules lists them\n'],
    [['--rule', 'V6-VPC-001', '--skip', 'V6-VPC-001'], '--rule and --skip together leave no rule\n'],
  ])('fails for %j', async (args, message) => {
    expect(await portal6(['check', ...args, '--config', examples('hue')])).toEqual({ code: 2, out: '', err: message });
  });

  test('one that breaks down is named with its trace, in the report too, and exits with 70', async () => {
    const rule = RULES.find(({ id }) => id === 'V6-VPC-001')!;
    jest.spyOn(rule, 'check').mockImplementation(() => {
      throw new TypeError('cannot read');
    });
    const file = write('x/cdk.tf.json', { resource: { aws_vpc: { main: {}, other: {} } } });
    const args = ['--rule', rule.id, '--config', examples('hue'), '--format', 'json'];
    const { code, out, err } = await portal6(['check', file, ...args]);

    expect(code).toBe(70);
    expect(err).toMatch(
      /^V6-VPC-001 broke down on aws_vpc\.main of x and on 1 more resource:\nTypeError: cannot read\n +at /,
    );
    expect(err).toContain('This is a bug in portal6');
    expect((JSON.parse(out) as Report).findings).toMatchObject([
      { address: 'aws_vpc.main', message: 'the rule broke down here, so nothing is known: TypeError: cannot read' },
      { address: 'aws_vpc.other' },
    ]);
  });
});

describe('exit code', () => {
  const vpc = { resource: { aws_vpc: { main: { cidr_block: '10.0.0.0/16' } } } };
  const hidden = { resource: { aws_vpc: { main: { assign_generated_ipv6_cidr_block: '${var.ipv6}' } } } };

  test.each([
    ['an error', [], 1, vpc],
    ['an error', ['--fail-on', 'never'], 0, vpc],
    ['what is unknown', [], 0, hidden],
    ['what is unknown', ['--fail-on', 'warning'], 0, hidden],
    ['what is unknown', ['--fail-on', 'unknown'], 1, hidden],
  ])('with %s and %j is %i', async (_, args, expected, json) => {
    const file = write('x/cdk.tf.json', json);
    const { code } = await portal6(['check', file, ...args, '--rule', 'V6-VPC-001', '--config', examples('hue')]);

    expect(code).toBe(expected);
  });

  test('with a baseline counts only what is new', async () => {
    const config = examples('hue');
    const baseline = join(folder, 'baseline.json');
    const file = write('x/cdk.tf.json', vpc);
    await portal6(['check', file, '--config', config, '--format', 'json', '--output', baseline]);
    const same = await portal6(['check', file, '--config', config, '--baseline', baseline]);
    write('x/cdk.tf.json', { resource: { aws_vpc: { ...vpc.resource.aws_vpc, second: {} } } });
    const more = await portal6(['check', file, '--config', config, '--baseline', baseline]);

    expect(same.code).toBe(0);
    expect(same.out).toContain('Known before, by the baseline\n  V6-VPC-001 x aws_vpc.main: ');
    expect(more.code).toBe(1);
    expect(more.out).toContain('    aws_vpc.second\n');
  });

  test.each([
    ['nothing', undefined, /cannot be read/],
    ['no JSON', '{', /baseline\.json is no JSON: /],
    ['no report', '{}', /baseline\.json is no report of `portal6 check --format json`/],
  ])('is 2 where the baseline is %s', async (_, text, message) => {
    const baseline = join(folder, 'baseline.json');
    if (text !== undefined) writeFileSync(baseline, text);
    const { code, err } = await portal6(['check', '--baseline', baseline, '--config', examples('hue')]);

    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe('waivers', () => {
  const rules = ['--rule', 'V6-VPC-001', '--rule', 'V6-WVR-001'];
  const waivers = (expires: string, rule = 'V6-VPC-001') =>
    `waivers:\n  - { rule: ${rule}, at: aws_vpc.main, reason: the next budget pays for it, owner: net@hue.gov.vn, expires: ${expires} }\n`;

  test('of the fleet take a finding out of the count, and are listed', async () => {
    const config = configFolder({
      'agencies/hue.yaml': example('hue'),
      'waivers.yaml': waivers(addDays(today(), 100)),
    });
    const file = write('x/cdk.tf.json', { resource: { aws_vpc: { main: {} } } });
    const { code, out } = await portal6(['check', file, ...rules, '--config', config]);

    expect(code).toBe(0);
    expect(out).toContain('Waived\n  V6-VPC-001 x aws_vpc.main: ');
    expect(out.replace(/\s+/g, ' ')).toContain(
      `the next budget pays for it (net@hue.gov.vn, until ${addDays(today(), 100)})`,
    );
  });

  test('that have expired make the run exit with 1 and are named', async () => {
    const config = configFolder({ 'agencies/hue.yaml': example('hue'), 'waivers.yaml': waivers('2024-01-31') });
    const file = write('x/cdk.tf.json', { resource: { aws_vpc: { main: {} } } });
    const { code, out } = await portal6(['check', file, ...rules, '--config', config]);

    expect(code).toBe(1);
    expect(out).toContain('error  V6-WVR-001  Waivers have not expired');
    expect(out).toContain('at aws_vpc.main');
    expect(out).toContain('expired on 2024-01-31');
    expect(out).toContain(`at ${config}/waivers.yaml:2:`);
  });

  test('of an agency are for its own stacks', async () => {
    const own = waivers(addDays(today(), 100)).replace('aws_vpc.main', 'network');
    const config = configFolder({ 'agencies/hue.yaml': `${example('hue')}\n${own}` });
    const paths = ['hue-production', 'x'].map((stack) => write(`${stack}/cdk.tf.json`, broken(hue(stack))));
    const { findings } = await reportOf([...paths, '--rule', 'V6-VPC-001', '--config', config]);

    expect(findings.map(({ stack, result }) => [stack, result])).toEqual([
      ['hue-production', 'waived'],
      ['x', 'fail'],
    ]);
  });

  test('that are wrong stop the run', async () => {
    const config = configFolder({
      'agencies/hue.yaml': example('hue'),
      'waivers.yaml': waivers(addDays(today(), 100), 'V6-VPC-999'),
    });
    const { code, out, err } = await portal6(['check', '--config', config]);

    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/waivers\.yaml:2:\d+: waivers\[0\]\.rule: there is no rule `V6-VPC-999`/);
  });

  test('need no config folder, unless one is named', async () => {
    const file = write('x/cdk.tf.json', { resource: {} });
    const named = await portal6(['check', file, '--config', join(folder, 'nowhere')]);

    expect(named.code).toBe(2);
    expect(named.err).toContain('nowhere');
  });
});

describe('formats', () => {
  test('go where they are sent, several at once', async () => {
    const file = write('x/cdk.tf.json', broken(hue('x')));
    const sarif = join(folder, 'reports', 'out.sarif');
    const junit = join(folder, 'reports', 'junit.xml');
    const { code, out, err } = await portal6([
      'check',
      file,
      ...['--format', 'github', '--format', `sarif=${sarif}`, '--format', `junit=${junit}`],
      ...['--config', examples('hue')],
    ]);

    expect(code).toBe(1);
    expect(out).toMatch(/^::error file=/);
    expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(junit, 'utf8')).toContain('<testsuite name="x"');
    expect(err).toBe(`Wrote ${sarif}, ${junit}\n`);
  });

  test('that all go to files leave the verdict on stderr', async () => {
    const file = write('x/cdk.tf.json', { resource: {} });
    const page = join(folder, 'page.md');
    const args = ['check', file, '--format', 'markdown', '--output', page, '--config', examples('hue')];

    expect(await portal6(args)).toEqual({
      code: 0,
      out: '',
      err: `Passed: 1 stack, 0 resources, 0 portals\nWrote ${page}\n`,
    });
    expect(readFileSync(page, 'utf8')).toBe('**Passed: 1 stack, 0 resources, 0 portals**\n');
  });

  test('text has colors in a terminal alone', async () => {
    const file = write('x/cdk.tf.json', broken(hue('x')));
    const terminal = new Sink(true);
    const text = join(folder, 'out.txt');
    await portal6(['check', file, '--config', examples('hue')], { stdout: terminal });
    await portal6(['check', file, '--config', examples('hue'), '--output', text], { stdout: new Sink(true) });

    expect(terminal.text).toContain('\u001B[31merror\u001B[39m');
    expect(readFileSync(text, 'utf8')).not.toContain('\u001B');
  });
});

test('checking files loads neither the constructs nor the schema of the config', () => {
  const loaded = new Set<string>();
  const visit = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, types, target] of text.matchAll(/^(?:import|export) (type )?(?:[^']*? from )?'([^']+)';/gm)) {
      if (types) continue;
      if (target!.startsWith('.')) visit(sourceOf(join(dirname(file), target!)));
      else loaded.add(target!);
    }
  };
  visit(join(__dirname, '..', '..', 'cli', 'commands', 'check.ts'));
  const packages = [...loaded].filter((name) => !name.endsWith('.ts'));

  expect(loaded.size).toBeGreaterThan(40);
  expect(packages.filter((name) => /^(cdktf|constructs|@cdktf|zod|yaml)/.test(name))).toEqual([]);
});

function sourceOf(module: string): string {
  return existsSync(`${module}.ts`) ? `${module}.ts` : join(module, 'index.ts');
}

function examples(...ids: readonly string[]): string {
  const defaults = readFileSync(join(EXAMPLES, 'defaults.yaml'), 'utf8');
  const agencies = ids.map((id) => [`agencies/${id}.yaml`, example(id)]);
  return configFolder({ 'defaults.yaml': defaults, ...Object.fromEntries(agencies) });
}

/** The stack of an agency with one portal, as it is under an id. */
function hue(stackName = 'hue-production'): StackJson {
  const text = JSON.stringify(stackJson({ config: agencyFile() })).replaceAll('"hue-production/', `"${stackName}/`);
  return { ...(JSON.parse(text) as StackJson), ...{ '//': { metadata: { stackName } } } };
}

/** Its network without an IPv6 block. */
function broken(json: StackJson): StackJson {
  const [name] = Object.keys(json.resource.aws_vpc!).filter((id) => id.startsWith('network_'));
  delete json.resource.aws_vpc![name!]!.assign_generated_ipv6_cidr_block;
  return json;
}

/** What `terraform show -json` says before anything is there. */
function planOf({ resource }: StackJson): object {
  const changes = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, { '//': _, ...attributes }]) => {
      const known = Object.entries(attributes).filter(([, value]) => !JSON.stringify(value).includes('${'));
      const change = { actions: ['create'], before: null, after: Object.fromEntries(known), after_unknown: {} };
      return { address: `${type}.${name}`, mode: 'managed', type, name, change };
    }),
  );
  return { format_version: '1.2', terraform_version: '1.12.2', resource_changes: changes };
}

function write(path: string, json: unknown): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function reportOf(args: readonly string[]): Promise<Report> {
  return JSON.parse((await portal6(['check', ...args, '--format', 'json'])).out) as Report;
}

function stacksIn({ portals, findings }: Report): string[] {
  return [...new Set([...portals, ...findings].map(({ stack }) => stack))].sort();
}
