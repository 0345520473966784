import { loadAgency } from '../../config/load';
import { configFolder, edit, HUE, printed } from '../helpers/config-folder';

const IMAGE = '          image: 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2\n';

/** What is said of a portal on virtual machines, without the place in front. */
function said(hosting: string, appSubnets = 'dual-stack'): string[] {
  const text = edit(
    HUE,
    ['zones: 3', `zones: 3\n      appSubnets: ${appSubnets}`],
    ['type: container', 'type: instances'],
    [IMAGE, `          ${hosting}\n`],
  );
  const folder = configFolder({ 'agencies/hue.yaml': text });
  return printed(folder, loadAgency(folder, 'hue').problems).map((line) =>
    line.replace(/^.*environments\.production\.portals\.portal\.hosting\./, ''),
  );
}

const AMI = 'ami: ami-0123456789abcdef0';

test('an image alone is enough', () => {
  expect(said(AMI)).toEqual([]);
  expect(said('ami: "ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"')).toEqual(
    [],
  );
});

test.each([
  [
    'ami: ubuntu',
    'ami: write an image such as ami-0123456789abcdef0, or ssm: and the name of a parameter that holds one',
  ],
  [`${AMI}\n          instanceType: small`, 'instanceType: write an instance type such as t3.small'],
  [
    `${AMI}\n          instanceType: m4.large`,
    'instanceType: m4 is not on Nitro, so it has no primary IPv6 address to be registered by, and no metadata over IPv6; use a newer family such as t3 or m6i',
  ],
  [
    `${AMI}\n          instanceType: mac1.metal`,
    'instanceType: mac1 runs on dedicated hosts alone; use a type such as t3.small',
  ],
  [
    'ami: ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
    'ami: is an image for arm64, on which t3.small does not run; use a Graviton type such as t4g.small, or the other image',
  ],
  [
    'ami: ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64\n          instanceType: m7gd.large',
    'ami: is an image for x86_64, on which m7gd.large does not run; use a type such as t3.small, or the other image',
  ],
  [`${AMI}\n          instances: { min: 9 }`, 'instances.min: is 9, more than max, 6'],
  [`${AMI}\n          volume: { device: sda1 }`, 'volume.device: write a device such as /dev/xvda'],
  [`${AMI}\n          volume: { gib: 4 }`, 'volume.gib: write at least 8, got 4'],
])('fails for %s', (hosting, message) => {
  expect(said(hosting)).toEqual([message]);
});

test.each(['t4g.small', 'im4gn.large', 'c7gn.xlarge', 'a1.large'])('an image for ARM goes with %s', (instanceType) => {
  const arm = 'ami: ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

  expect(said(`${arm}\n          instanceType: ${instanceType}`)).toEqual([]);
});

test.each(['g5.large', 'm6i.large', 'g4dn.xlarge'])('an image for x86 goes with %s', (instanceType) => {
  const x86 = 'ami: ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

  expect(said(`${x86}\n          instanceType: ${instanceType}`)).toEqual([]);
});

test('IPv6-only subnets ask for an image that starts without IPv4, until somebody says that it does', () => {
  expect(said(AMI, 'ipv6-only')).toEqual([
    'ami: warning: starts without IPv4 in IPv6-only subnets: many images and scripts reach their packages, time and metadata over IPv4 alone; try it, then say `ipv6Bootstrap: true`',
  ]);
  expect(said(`${AMI}\n          ipv6Bootstrap: true`, 'ipv6-only')).toEqual([]);
});
