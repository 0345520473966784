import { drafted, EXAMPLES } from '../helpers/agencies';
import { configFolder, portal6 } from '../helpers/cli';

const at = (config: string, ...argv: string[]) => portal6(['addresses', ...argv, '--config', config]);

test('shows the plan of one environment as a table', async () => {
  const config = configFolder({ 'agencies/hue.yaml': drafted('hue', { ipv4: '10.46.0.0/20' }) });

  const { code, out, err } = await at(config, 'hue/production');

  expect([code, err]).toEqual([0, '']);
  expect(out).toBe(`hue/production  ap-southeast-1, 2 zones, 10.46.0.0/20, IPv6: Amazon's /56
tier       zone             state     IPv4             IPv6
public     ap-southeast-1a  used      10.46.0.0/25     …00::/64
public     ap-southeast-1b  used      10.46.0.128/25   …01::/64
public     ap-southeast-1c  reserved  10.46.1.0/25     …02::/64
app        ap-southeast-1a  used      10.46.2.0/25     …10::/64
app        ap-southeast-1b  used      10.46.2.128/25   …11::/64
app        ap-southeast-1c  reserved  10.46.3.0/25     …12::/64
app6       ap-southeast-1a  reserved  -                …20::/64
app6       ap-southeast-1b  reserved  -                …21::/64
app6       ap-southeast-1c  reserved  -                …22::/64
data       ap-southeast-1a  used      10.46.6.0/25     …30::/64
data       ap-southeast-1b  used      10.46.6.128/25   …31::/64
data       ap-southeast-1c  reserved  10.46.7.0/25     …32::/64
transit    ap-southeast-1a  reserved  10.46.8.0/25     …40::/64
transit    ap-southeast-1b  reserved  10.46.8.128/25   …41::/64
transit    ap-southeast-1c  reserved  10.46.9.0/25     …42::/64
endpoints  ap-southeast-1a  reserved  10.46.10.0/25    …50::/64
endpoints  ap-southeast-1b  reserved  10.46.10.128/25  …51::/64
endpoints  ap-southeast-1c  reserved  10.46.11.0/25    …52::/64
Tiers 6 and 7 are reserved.
`);
});

test('shows every environment of every example', async () => {
  const { code, out } = await at(EXAMPLES);

  expect(code).toBe(0);
  expect(out.match(/^[a-z-]+\/[a-z-]+ .*$/gm)).toEqual([
    "bkhcn/production  ap-southeast-1, 2 zones, 10.64.0.0/20, IPv6: Amazon's /56",
    "hue/production  ap-southeast-1, 3 zones, 10.46.0.0/20, IPv6: Amazon's /56",
    "hue/staging  ap-southeast-1, 2 zones, 10.46.16.0/20, IPv6: Amazon's /56",
    'langson/production  ap-southeast-1, 2 zones, 10.20.0.0/20, IPv6: /52 of ipam-pool-0123456789abcdef0',
  ]);
});

test('says of an environment without a network that nothing in it needs one', async () => {
  const text = drafted('hue')
    .replace(/ {4}network:\n( {6}.*\n)+/, '')
    .replace(/type: container\n( {10}.*\n)+/, 'type: static\n')
    .replace(/ {8}health:\n( {10}.*\n)+/, '');
  const { code, out, err } = await at(configFolder({ 'agencies/hue.yaml': text }), 'hue/production');

  expect([code, out, err]).toEqual([0, 'hue/production  ap-southeast-1, no network: nothing in it needs one\n', '']);
});

test('writes CSV', async () => {
  const { out } = await at(EXAMPLES, 'langson', '--format', 'csv');

  expect(out.split('\n').slice(0, 2)).toEqual([
    'agency,environment,tier,zone,state,ipv4,ipv6,subnet',
    'langson,production,public,ap-southeast-1a,used,10.20.0.0/25,…000::/64,',
  ]);
  expect(out.trimEnd().split('\n')).toHaveLength(1 + 6 * 3);
});

test('writes JSON with whole /64s when the prefix is known', async () => {
  const { code, out } = await at(EXAMPLES, 'langson', '--format', 'json', '--ipv6-prefix', '2001:db8:1:a000::/52');
  const { version, addresses } = JSON.parse(out) as { version: number; addresses: object[] };

  expect([code, version]).toEqual([0, 1]);
  expect(addresses[6]).toEqual({
    agency: 'langson',
    environment: 'production',
    tier: 'app6',
    zone: 'ap-southeast-1a',
    state: 'used',
    ipv6: '2001:db8:1:a020::/64',
  });
});

test('lists the subnets of an existing network', async () => {
  const managed = drafted('hue');
  const network = `network:
      existing:
        vpc: vpc-01234567
        ipv4: 10.9.0.0/16
        ipv6: 2001:db8::/56
        subnets:
          public: [{ id: subnet-00000001, zone: a, ipv6: "2001:db8::/64" }, { id: subnet-00000002, zone: b, ipv6: "2001:db8:0:1::/64" }]
          app: [{ id: subnet-00000003, zone: a, ipv6: "2001:db8:0:2::/64" }, { id: subnet-00000004, zone: b, ipv6: "2001:db8:0:3::/64" }]
    portals:`;
  const config = configFolder({ 'agencies/hue.yaml': managed.replace(/network:[^]*portals:/, network) });

  expect((await at(config, 'hue')).out)
    .toBe(`hue/production  ap-southeast-1, existing vpc-01234567, 10.9.0.0/16, 2001:db8::/56
tier    zone             subnet           IPv6
public  ap-southeast-1a  subnet-00000001  2001:db8::/64
public  ap-southeast-1b  subnet-00000002  2001:db8:0:1::/64
app     ap-southeast-1a  subnet-00000003  2001:db8:0:2::/64
app     ap-southeast-1b  subnet-00000004  2001:db8:0:3::/64
`);
});

test('shows the other plans when a file is broken, says why on stderr, and exits with 2', async () => {
  const config = configFolder({ 'agencies/hue.yaml': drafted('hue'), 'agencies/danang.yaml': 'agency: [' });

  const { code, out, err } = await at(config);

  expect(code).toBe(2);
  expect(out).toMatch(/^hue\/production /);
  expect(err).toMatch(/danang\.yaml:1:\d+: /);
});

test.each([
  ['an environment that there is not', ['hue/prod'], 'hue has no environment prod; it has production'],
  [
    'an environment with a typing error',
    ['hue/productoin'],
    'hue has no environment productoin; did you mean `production`?',
  ],
  ['a portal', ['hue/production/portal'], 'write agency or agency/environment, got: hue/production/portal'],
  ['an agency that there is not', ['hua'], 'agencies; did you mean `hue`?'],
  [
    'a prefix of another size',
    ['hue', '--ipv6-prefix', '2001:db8::/48'],
    "the network's block is a /56, got: 2001:db8::/48",
  ],
])('fails for %s', async (_, argv, message) => {
  const { code, out, err } = await at(configFolder({ 'agencies/hue.yaml': drafted('hue') }), ...argv);

  expect([code, out]).toEqual([2, '']);
  expect(err.endsWith(`${message}\n`)).toBe(true);
});

test('fails when one prefix is given for several networks', async () => {
  expect(await at(EXAMPLES, 'hue', '--ipv6-prefix', '2001:db8::/56')).toEqual({
    code: 2,
    out: '',
    err: '--ipv6-prefix is the block of one network: name one environment, as in portal6 addresses hue/production\n',
  });
});
