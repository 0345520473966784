import { parse } from 'yaml';
import { readDirectory } from '../../config/directory';
import { draftAgency, draftDefaults, type DraftedAgency, takenRanges } from '../../config/draft';
import { type AgencyFile, agencyFileSchema } from '../../config/schema';
import { parseCidr } from '../../core/cidr';
import { UserError } from '../../core/errors';

const hue: DraftedAgency = {
  slug: 'hue',
  name: { vi: 'Thành phố Huế', en: 'Hue City' },
  kind: 'city',
  domain: 'hue.gov.vn',
};
const blocks = (...texts: string[]) => texts.map((text) => parseCidr(text)!);
const read = (text: string): AgencyFile => agencyFileSchema.parse(parse(text));

test.each(readDirectory().map((entry) => [entry.slug, entry] as const))('drafts a valid file for %s', (slug, entry) => {
  const { agency, environments } = read(draftAgency(entry));

  expect(agency).toEqual({ id: slug, name: entry.name, kind: entry.kind, contact: `ipv6@${entry.domain}` });
  expect(environments).toMatchObject({
    production: {
      dataLocation: 'abroad',
      securityLevel: 3,
      portals: {
        portal: {
          domain: entry.domain,
          aliases: [`www.${entry.domain}`],
          zone: { name: entry.domain },
          publish: { aaaa: 'staged' },
        },
      },
    },
  });
});

test('begins with the line that gives editors the schema', () => {
  expect(draftAgency(hue)).toMatch(/^# yaml-language-server: \$schema=\.\.\/agency\.schema\.json\n/);
});

test('has the keys in the order of the design', () => {
  const { agency, environments } = parse(draftAgency(hue)) as { agency: object; environments: { production: object } };

  expect(Object.keys(agency)).toEqual(['id', 'name', 'kind', 'contact']);
  expect(Object.keys(environments.production)).toEqual([
    'account',
    'region',
    'dataLocation',
    'securityLevel',
    'approval',
    'network',
    'portals',
  ]);
});

test('says beside each placeholder that it has to be replaced', () => {
  const marked = draftAgency(hue)
    .split('\n')
    .filter((line) => line.includes('# replace:'))
    .map((line) => line.trim().split(':')[0]);

  expect(marked).toEqual(['account', 'approval', 'id', 'image']);
});

test.each([
  ['account', '999988887777'],
  ['zoneId', 'Z9999999999'],
  ['image', 'registry.example/portal:2'],
])('takes %s as given and drops its mark', (key, value) => {
  const text = draftAgency(hue, { [key]: value });
  const line = text.split('\n').find((candidate) => candidate.includes(value) && !candidate.includes('dkr.ecr'));

  expect(line).toBeDefined();
  expect(line).not.toContain('replace');
});

test('takes every other value as given', () => {
  const text = draftAgency(hue, {
    region: 'ap-southeast-7',
    zoneName: 'gov.vn',
    ipv4: '172.16.0.0/20',
    contact: 'it@hue.gov.vn',
  });
  const { agency, environments } = read(text);

  expect(agency.contact).toBe('it@hue.gov.vn');
  expect(environments.production).toMatchObject({
    region: 'ap-southeast-7',
    network: { ipv4: '172.16.0.0/20' },
    portals: { portal: { zone: { name: 'gov.vn' }, hosting: { image: expect.stringContaining('.ap-southeast-7.') } } },
  });
});

test.each([
  ['nothing is taken', [], '10.0.0.0/20'],
  ['the first is taken', ['10.0.0.0/20'], '10.0.16.0/20'],
  ['a block inside it is taken', ['10.0.8.0/22'], '10.0.16.0/20'],
  ['a larger one is taken', ['10.0.0.0/12'], '10.16.0.0/20'],
  ['others lie elsewhere', ['172.16.0.0/12', '10.0.16.0/20'], '10.0.0.0/20'],
])('takes the first free /20 where %s', (_, taken, ipv4) => {
  expect(draftDefaults(hue, { taken: blocks(...taken) }).ipv4).toBe(ipv4);
});

test('fails with a way out when no block is free', () => {
  expect(() => draftAgency(hue, { taken: blocks('10.0.0.0/8') })).toThrow(
    new UserError('no /20 of 10.0.0.0/8 is free; give the IPv4 block of the network, such as 172.16.0.0/20'),
  );
});

test('counts existing networks and data centers as taken too', () => {
  const managed = read(draftAgency(hue, { ipv4: '10.7.0.0/20' }));
  const production = managed.environments.production!;
  const subnets = ['a', 'b'].map((zone) => ({ id: 'subnet-01234567', zone: zone as 'a', ipv6: '2001:db8::/64' }));
  const existing = {
    vpc: 'vpc-01234567',
    ipv4: '10.9.0.0/16',
    ipv6: '2001:db8::/56',
    subnets: { public: subnets, app: subnets },
  };
  const hosting = {
    type: 'gateway' as const,
    origin: { addresses: ['10.1.2.3'], port: 443, protocol: 'https' as const },
    connection: { transitGateway: 'tgw-01234567', routes: ['10.1.0.0/16'] },
  };
  const portals = { portal: { ...production.portals.portal!, hosting } };
  const adopted = { ...managed, environments: { production: { ...production, network: { existing }, portals } } };

  expect(takenRanges([managed, adopted])).toEqual(blocks('10.7.0.0/20', '10.9.0.0/16', '10.1.0.0/16'));
});

test.each(['Sở: Tài chính', 'A, B', '# no', "it's", '"quoted"', 'no', '12', 'line\nbreak', '[x]', '- y', 'ends:'])(
  'keeps the name %j through YAML',
  (vi) => {
    const name = { vi, en: vi };

    expect((parse(draftAgency({ ...hue, name })) as AgencyFile).agency.name).toEqual(name);
  },
);
