import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configFolder, portal6 } from '../helpers/cli';
import { edit, HUE } from '../helpers/config-folder';
import { AMAZON_REGISTRY, REGISTRY } from '../helpers/registry';

const DRAWING = edit(HUE, ['      zones: 3\n', '      zones: 3\n      ipv6: { pool: provinces }\n']);
const ERROR = edit(REGISTRY, ["cidr: '2001:db8:8000::/36'", "cidr: '2001:db9::/36'"]);

function folder(files: Readonly<Record<string, string>>) {
  const config = configFolder(files);
  const out = join(dirname(config), 'out');
  return {
    config,
    out,
    run: (...argv: string[]) => portal6([...argv, '--config', config]),
    stacks: () => (existsSync(join(out, 'stacks')) ? readdirSync(join(out, 'stacks')).sort() : []),
  };
}

describe('synth', () => {
  test('writes the registry beside the agencies, and says what is left to do', async () => {
    const { run, out, stacks } = folder({ 'registry.yaml': REGISTRY, 'agencies/hue.yaml': DRAWING });
    const result = await run('synth', '--out', out);

    expect(result.code).toBe(0);
    expect(result.out).toMatch(
      /^AGENCY [^]*\nhue {2}[^]*\n\naddress-registry: agencies cannot name ministries yet\. After apply, /,
    );
    expect(result.err).toContain('2 stacks written to');
    expect(stacks()).toEqual(['address-registry', 'hue-production']);
  });

  test('writes it alone when it is named, and the same bytes again', async () => {
    const { run, out, stacks } = folder({ 'registry.yaml': REGISTRY, 'agencies/hue.yaml': DRAWING });
    const file = join(out, 'stacks', 'address-registry', 'cdk.tf.json');

    expect(await run('synth', 'address-registry', '--out', out)).toMatchObject({ code: 0 });
    const first = readFileSync(file, 'utf8');
    expect(stacks()).toEqual(['address-registry']);
    await run('synth', '--out', out);
    expect(readFileSync(file, 'utf8')).toBe(first);
    expect(readdirSync(dirname(file))).toEqual(['cdk.tf.json']);
  });

  test('needs no agency for that', async () => {
    const { run, out } = folder({ 'registry.yaml': AMAZON_REGISTRY });

    expect(await run('synth', '--out', out, '--format', 'json')).toMatchObject({ code: 0 });
    expect(JSON.parse((await run('synth', '--out', out, '--format', 'json')).out)).toMatchObject({
      stacks: [{ id: 'address-registry', portals: [] }],
    });
  });

  test('goes on to the pools once their range is provisioned', async () => {
    const waiting = edit(
      REGISTRY,
      ['provisioned: true', 'provisioned: false'],
      ['      id: ipam-pool-0123456789abcdef0\n', ''],
    );
    const { run, out } = folder({ 'registry.yaml': waiting });

    expect((await run('synth', '--out', out)).out).toMatch(
      /^address-registry: 2001:db8::\/32 has to be provisioned to the top pool\. [^]*; docs\/registry\.md has the steps;\n {2}then set `provisioned: true`\n$/,
    );
  });

  test('has nothing to say where every pool has its id', async () => {
    const whole = edit(AMAZON_REGISTRY, ['{ size: 54 }', '{ size: 54, id: ipam-pool-0aaaaaaaaaaaaaaaa }']);
    const { run, out } = folder({ 'registry.yaml': whole });

    expect((await run('synth', '--out', out)).out).toBe('');
  });

  test('writes agencies without a registry that has mistakes, and the other way round', async () => {
    const first = folder({ 'registry.yaml': ERROR, 'agencies/hue.yaml': DRAWING });
    const broken = folder({ 'registry.yaml': REGISTRY, 'agencies/hue.yaml': edit(DRAWING, ['zones: 3', 'zones: 9']) });

    const { code, out } = await first.run('synth', '--out', first.out);
    expect([code, out.includes('hue.gov.vn')]).toEqual([2, true]);
    expect(first.stacks()).toEqual(['hue-production']);
    expect((await broken.run('synth', '--out', broken.out)).code).toBe(2);
    expect(broken.stacks()).toEqual(['address-registry']);
    expect((await broken.run('synth', 'address-registry', '--out', broken.out)).code).toBe(0);
  });

  test('takes the stack away with its file', async () => {
    const { run, out, stacks, config } = folder({ 'registry.yaml': REGISTRY, 'agencies/hue.yaml': HUE });
    await run('synth', '--out', out);
    rmSync(join(config, 'registry.yaml'));
    await run('synth', '--out', out);

    expect(stacks()).toEqual(['hue-production']);
  });

  test('fails when there is no registry', async () => {
    const { run, config } = folder({ 'agencies/hue.yaml': HUE });

    for (const command of ['synth', 'validate', 'check']) {
      expect(await run(command, 'address-registry')).toEqual({
        code: 2,
        out: '',
        err: `no ${config}/registry.yaml; docs/registry.md says what to write there\n`,
      });
    }
  });
});

describe('validate', () => {
  test('sums the registry up with the agencies, and alone', async () => {
    const { run } = folder({ 'registry.yaml': REGISTRY, 'agencies/hue.yaml': DRAWING });

    expect((await run('validate')).out).toBe('1 agency, 1 environment, 1 portal, 2 groups of address pools: valid\n');
    expect((await run('validate', 'address-registry')).out).toBe(
      '0 agencies, 0 environments, 0 portals, 2 groups of address pools: valid\n',
    );
    expect(JSON.parse((await run('validate', '--format', 'json')).out)).toMatchObject({
      registry: { valid: true, pools: 2 },
    });
  });

  test.each([
    [[], true],
    [['address-registry'], true],
    [['hue'], true],
    [['danang'], false],
  ])('of %j speaks of the registry: %s', async (names, speaks) => {
    const danang = edit(
      HUE,
      ['id: hue', 'id: danang'],
      ['10.46.0.0/20', '10.47.0.0/20'],
      ['domain: hue.gov.vn', 'domain: danang.gov.vn'],
      ['aliases: [www.hue.gov.vn]', 'aliases: []'],
      ['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ id: Z0123456789DANANG, name: danang.gov.vn }'],
    );
    const { run } = folder({ 'registry.yaml': ERROR, 'agencies/hue.yaml': DRAWING, 'agencies/danang.yaml': danang });
    const { code, out } = await run('validate', ...names);

    expect(code).toBe(speaks ? 2 : 0);
    expect(out.includes('registry.yaml:17:13: pools.ministries.ipv6.cidr: ')).toBe(speaks);
  });

  test('counts its file among those that have errors', async () => {
    const { run } = folder({ 'registry.yaml': 'nonsense: true\n', 'agencies/hue.yaml': HUE });
    const { code, out } = await run('validate');

    expect(code).toBe(2);
    expect(out).toMatch(/registry\.yaml:1:1: nonsense: unknown key; [^]*\n3 errors in 2 files\n$/);
  });
});

describe('check', () => {
  test('judges the registry with the agencies, and alone', async () => {
    const { run } = folder({ 'registry.yaml': REGISTRY, 'agencies/hue.yaml': DRAWING });

    expect((await run('check', 'address-registry')).out).toMatch(/^Passed: 1 stack, /);
    expect((await run('check')).out).toMatch(/2 stacks, /);
  });

  test("leads a finding of a written stack to the line of the registry's file", async () => {
    const { run, out, config } = folder({ 'registry.yaml': REGISTRY, 'agencies/hue.yaml': HUE });
    await run('synth', 'address-registry', '--out', out);
    const file = join(out, 'stacks', 'address-registry', 'cdk.tf.json');
    const json = readFileSync(file, 'utf8');
    writeFileSync(file, json.replaceAll(/\n *"publicly_advertisable": true,/g, ''));
    const report = JSON.parse((await run('check', file, '--format', 'json')).out) as {
      findings: { construct: string; source: { file: string; line: number } }[];
    };

    expect(
      report.findings.map(({ construct, source }) => [construct, source.file.replace(`${config}/`, ''), source.line]),
    ).toEqual([
      ['address-registry/registry/ipv6/Resource', 'registry.yaml', 4],
      ['address-registry/registry/pools/ministries/ipv6/Resource', 'registry.yaml', 17],
      ['address-registry/registry/pools/provinces/ipv6/Resource', 'registry.yaml', 12],
    ]);
  });
});

describe('addresses --registry', () => {
  const FILES = {
    'registry.yaml': REGISTRY,
    'agencies/hue.yaml': DRAWING,
    // Its file has another mistake; its block is there all the same.
    'agencies/danang.yaml': edit(DRAWING, ['id: hue', 'id: danang'], ['10.46.0.0/20', '10.47.0.0/20']),
  };

  test('shows which pool holds whose blocks, and what is free', async () => {
    const { run } = folder(FILES);
    const { code, out, err } = await run('addresses', '--registry');

    expect(out).toBe(
      [
        'address registry  ap-southeast-1, advanced tier, 10.0.0.0/8, IPv6: 2001:db8::/32',
        'pool        family  region          range               blocks  held  free                next free    id',
        'provinces   IPv4    ap-southeast-1  10.0.0.0/10         /20     2     1022 of 1024        10.0.0.0/20  -',
        'provinces   IPv6    ap-southeast-1  2001:db8:4000::/36  /56     2     1048574 of 1048576  -            ipam-pool-0123456789abcdef0',
        'ministries  IPv6    ap-southeast-1  2001:db8:8000::/36  /56     0     1048576 of 1048576  -            -',
        'In no pool: 10.64.0.0/10, 10.128.0.0/9, 2001:db8::/34, 2001:db8:5000::/36, 2001:db8:6000::/35, 2001:db8:9000::/36, 2001:db8:a000::/35, 2001:db8:c000::/34',
        '',
        'agency  environment  family  block         pool',
        'danang  production   IPv4    10.47.0.0/20  provinces',
        'danang  production   IPv6    /56           provinces',
        'hue     production   IPv4    10.46.0.0/20  provinces',
        'hue     production   IPv6    /56           provinces',
        '',
      ].join('\n'),
    );
    expect([code, err.includes('hue.gov.vn is taken by')]).toEqual([2, true]);
  });

  test('shows blocks of Amazon by their sizes', async () => {
    const { run } = folder({ 'registry.yaml': AMAZON_REGISTRY });

    expect((await run('addresses', '--registry')).out).toBe(
      [
        "address registry  ap-southeast-1, advanced tier, IPv6: Amazon's /52 in each region",
        'pool        family  region          range  blocks  held  free    next free  id',
        'provinces   IPv6    ap-southeast-1  /53    /56     0     8 of 8  -          ipam-pool-0123456789abcdef0',
        'ministries  IPv6    ap-southeast-1  /54    /56     0     4 of 4  -          -',
        '',
      ].join('\n'),
    );
  });

  test('writes CSV and JSON', async () => {
    const { run } = folder(FILES);

    expect((await run('addresses', '--registry', '--format', 'csv')).out.split('\n').slice(0, 2)).toEqual([
      'pool,family,region,range,block,held,free,room,next,id',
      'provinces,ipv4,ap-southeast-1,10.0.0.0/10,/20,2,1022,1024,10.0.0.0/20,',
    ]);
    expect(JSON.parse((await run('addresses', '--registry', '--format', 'json')).out)).toMatchObject({
      version: 1,
      pools: [{ pool: 'provinces', family: 'ipv4', free: 1022 }, {}, {}],
      blocks: [{ agency: 'danang', block: '10.47.0.0/20', pool: 'provinces' }, {}, {}, {}],
    });
  });

  test('says what is wrong where the file does not tell the pools', async () => {
    const { run } = folder({ 'registry.yaml': 'account: 1\n' });
    const { code, out, err } = await run('addresses', '--registry');

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('registry.yaml:1:1: account: write the 12 digits');
  });

  test('fails with a target, and without a registry', async () => {
    const { run, config } = folder({ 'agencies/hue.yaml': HUE });

    expect((await run('addresses', 'hue', '--registry')).err).toBe(
      '--registry shows all pools with all agencies: it takes no target, and no --ipv6-prefix\n',
    );
    expect((await run('addresses', '--registry')).err).toBe(
      `no ${config}/registry.yaml; docs/registry.md says what to write there\n`,
    );
  });
});
