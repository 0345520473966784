import { join } from 'node:path';
import { decided, EXAMPLES } from '../helpers/agencies';
import { configFolder, portal6, Sink } from '../helpers/cli';

const hue = decided('hue', { ipv4: '10.0.0.0/20' });
const danang = decided('danang', { ipv4: '10.0.16.0/20' });

test('finds nothing wrong with the examples', async () => {
  const { code, out } = await portal6(['validate', '--config', EXAMPLES]);

  expect(code).toBe(0);
  expect(out).toMatch(/^3 agencies, 4 environments, 6 portals: valid/m);
});

test('sums up what is there, on stdout, and what the account must allow, on stderr', async () => {
  const config = configFolder({ 'agencies/hue.yaml': hue });

  expect(await portal6(['validate', '--config', config])).toEqual({
    code: 0,
    out: '1 agency, 1 environment, 1 portal: valid\n',
    err: `
What the accounts must allow, beside what else they hold (quotas of a new account):
  account 111122223333, ap-southeast-1 (hue/production): VPCs 2 of 5, Elastic IP addresses 2 of 5, egress-only internet gateways 2 of 5, Application Load Balancers 1 of 50, ECS account setting dualStackIPv6 enabled

Data abroad, each by a decision that is a record, not a legal exemption:
  hue/production: 12/QD-UBND of 2026-01-01, Nguyễn Văn A
`,
  });
});

test('prints every error of every file, each with its place, and exits with 2', async () => {
  const config = configFolder({
    'agencies/hue.yaml': hue.replace('zones: 2', 'zones: 9').replace('nat:', 'natt:'),
    'agencies/danang.yaml': danang.replace('securityLevel: 3', 'securityLevel: 7'),
  });

  const { code, out } = await portal6(['validate', '--config', config]);
  const lines = out.trimEnd().split('\n');

  expect(code).toBe(2);
  expect(lines).toHaveLength(4);
  expect(lines.filter((line) => /hue\.yaml:\d+:\d+: environments\.production\.network/.test(line))).toHaveLength(2);
  expect(
    lines.filter((line) => /danang\.yaml:\d+:\d+: environments\.production\.securityLevel/.test(line)),
  ).toHaveLength(1);
  expect(lines.at(-1)).toBe('3 errors in 2 files');
});

test('lets warnings pass', async () => {
  const config = configFolder({
    'agencies/hue.yaml': hue,
    'agencies/danang.yaml': decided('danang', { ipv4: '10.0.0.0/20' }),
  });

  const { code, out } = await portal6(['validate', '--config', config]);

  expect(code).toBe(0);
  expect(out).toContain('warning: ');
  expect(out).toMatch(/\n2 agencies, 2 environments, 2 portals: valid, with \d warnings?\n$/);
});

test('looks at the agencies named alone, but holds them against the others', async () => {
  const config = configFolder({
    'agencies/hue.yaml': hue,
    'agencies/danang.yaml': danang.replaceAll('danang.gov.vn', 'hue.gov.vn'),
    'agencies/broken.yaml': 'agency: [',
    'agencies/langson.yaml': decided('langson', { ipv4: '10.0.32.0/20' }),
  });
  const validate = (id: string) => portal6(['validate', id, '--config', config]);

  // Whichever of the two is told to give way, both collide.
  for (const { code, out } of [await validate('hue'), await validate('danang')]) {
    expect(code).toBe(2);
    expect(out).toMatch(/hue\.gov\.vn is taken by /);
    expect(out).not.toMatch(/broken\.yaml/);
    expect(out).toMatch(/in 1 file\n$/);
  }
  expect((await validate('langson')).code).toBe(0);
});

test('writes JSON with the agencies, the problems and the needs', async () => {
  const config = configFolder({ 'agencies/hue.yaml': hue, 'agencies/danang.yaml': 'agency: [' });

  const { code, out, err } = await portal6(['validate', '--format', 'json', '--config', config]);

  expect([code, err]).toEqual([2, '']);
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    agencies: [
      { id: 'danang', valid: false, environments: 0, portals: 0 },
      { id: 'hue', valid: true, environments: 1, portals: 1 },
    ],
    problems: [{ severity: 'error', file: expect.stringMatching(/danang\.yaml$/) }],
    approvals: [{ environment: 'hue/production', number: '12/QD-UBND', signedBy: 'Nguyễn Văn A' }],
    needs: [
      { account: '111122223333', region: 'ap-southeast-1', environments: ['hue/production'], dualStackTasks: true },
    ],
  });
});

test('lists of many accounts only those that need more than usual', async () => {
  const agencies = Array.from({ length: 11 }, (_, index) => {
    const id = `agency-${String.fromCharCode(97 + index)}`;
    const account = String(100000000000 + index);
    const text = hue
      .replaceAll('hue.gov.vn', `${id}.gov.vn`)
      .replace('id: hue', `id: ${id}`)
      .replace('"111122223333"', `"${account}"`)
      .replace('10.0.0.0/20', `10.${index}.0.0/20`);
    return [`agencies/${id}.yaml`, text] as const;
  });
  const config = configFolder(Object.fromEntries(agencies));

  const all = await portal6(['validate', '--config', config]);
  const one = await portal6(['validate', 'agency-c', '--config', config]);

  expect(all.err).toContain('\n  11 more accounts within these quotas; name agencies to see theirs\n');
  expect(all.err).toContain('\n  11 environments; name agencies to see theirs\n');
  expect(one.err).toContain('\n  agency-c/production: 12/QD-UBND of 2026-01-01, Nguyễn Văn A\n');
  expect(one.err).toContain('\n  account 100000000002, ap-southeast-1 (agency-c/production): VPCs 2 of 5');
});

test('colors problems on a terminal', async () => {
  const stdout = new Sink(true);
  await portal6(['validate', '--config', configFolder({ 'agencies/hue.yaml': 'agency: [' })], { stdout });

  expect(stdout.text.startsWith('\u001B[31m')).toBe(true);
});

test('fails when there is no agency yet, and says how to begin', async () => {
  expect(await portal6(['validate', '--config', configFolder()])).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^no agency file in .*; `portal6 init <agency>` writes one\n$/),
  });
});

test.each([
  ['there is no such agency', ['huee'], /^no agency `huee` in .*agencies; did you mean `hue`\?\n$/],
  ['the agency is like no other', ['langson'], /^no agency `langson` in .*agencies\n$/],
  ['the name is no agency', ['hue/production'], /^write agency, got: hue\/production\n$/],
])('fails when %s', async (_, names, message) => {
  const config = configFolder({ 'agencies/hue.yaml': hue });

  const { code, out, err } = await portal6(['validate', ...names, '--config', config]);

  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
});

test('fails when there is no config folder', async () => {
  const config = join(configFolder(), 'none');

  const { code, err } = await portal6(['validate', '--config', config]);

  expect(code).toBe(2);
  expect(err).toMatch(/^no folder .*none\/agencies; `portal6 init <agency>` makes it/);
});

describe('waivers', () => {
  const waivers = (expires: string) => `waivers:
  - rule: V6-RT-001
    at: network
    reason: The old network is switched off in March.
    owner: ipv6@hue.gov.vn
    expires: ${expires}
`;

  test("of the fleet and of an agency's file are held against the rules and the day", async () => {
    const config = configFolder({
      'agencies/danang.yaml': danang,
      'agencies/hue.yaml': hue + waivers('2999-01-01'),
      'waivers.yaml': waivers('2020-01-01').replace('V6-RT-001', 'V6-RT-0O1'),
    });

    const { code, out } = await portal6(['validate', '--config', config]);
    const { out: json } = await portal6(['validate', '--config', config, '--format', 'json']);

    expect(code).toBe(2);
    expect(out).toMatch(/hue\.yaml:\d+:5: waivers\[0\]\.expires: is \d+ days off/);
    expect(out).toMatch(
      /waivers\.yaml:2:5: waivers\[0\]\.rule: there is no rule `V6-RT-0O1`; did you mean `V6-RT-\d+`\?/,
    );
    expect(out.trimEnd().split('\n')).toHaveLength(3);
    expect(JSON.parse(json).agencies).toMatchObject([
      { id: 'danang', valid: true },
      { id: 'hue', valid: false },
    ]);
  });

  test('that have expired are left to the check', async () => {
    const config = configFolder({
      'agencies/hue.yaml': hue + waivers('2020-01-01'),
      'waivers.yaml': waivers('2020-01-01'),
    });

    expect((await portal6(['validate', '--config', config])).code).toBe(0);
  });

  test('of another agency are not spoken of, and those of the fleet are', async () => {
    const config = configFolder({
      'agencies/danang.yaml': danang,
      'agencies/hue.yaml': hue + waivers('2999-01-01'),
      'waivers.yaml': 'waivers: none\n',
    });

    const { out } = await portal6(['validate', 'danang', '--config', config]);

    expect(out).toMatch(/^\S+waivers\.yaml:1:1: waivers: write a list, got "none"\n1 error in 1 file\n$/);
  });
});
