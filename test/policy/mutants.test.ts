import { loadFleet, loadReferences, type LoadedAgency } from '../../config/load';
import { judge } from '../../policy/check';
import { readStackJson } from '../../policy/sources/stack-json';
import { stackJson } from '../../stacks/synthesize';
import { mutantsOf, type StackResources } from '../helpers/mutants';

/** Mutants that no rule catches, with the reason why nobody would miss what they took away. */
const HARMLESS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/langson-.*aws_network_acl network\/app6\/.*ingress 101 removed/, 'entry 131 lets the same ports in'],
  [
    /(hue|bkhcn|instances|highest-availability|fixed-addresses)-.*aws_vpc_endpoint network\/s3: ip_address_type/,
    'dual-stack subnets use it over IPv4',
  ],
  [
    /instances-.*aws_subnet network\/app\/.*assign_ipv6_address_on_creation/,
    'instances ask for an address by their launch template',
  ],
  [
    /instances-.*aws_lb_target_group .*: ip_address_type = "ipv4"/,
    'they have IPv4 addresses too, by which the load balancer serves both families, as it does containers',
  ],
  [
    /bkhcn-.*aws_subnet network\/app\/.*assign_ipv6_address_on_creation/,
    'in these subnets nothing runs: the portals are gateways',
  ],
  [/aws_route53_record .*\/dns\/v6\..*: /, 'the name to try IPv6 by; no citizen types it'],
  [/aws_route53_record .*\/caa\/Resource: removed/, 'says who may issue certificates, and nothing of addresses'],
  [/aws_s3_bucket_policy .*-logs\/policy: removed/, 'who writes logs; the way to the portal is as it was'],
  [/aws_network_acl .*: removed/, "the VPC's own ACL takes its place, and lets both families through"],
  [
    /langson-.*aws_network_acl network\/app6\/.*gress (100|130|140|150|160) (removed|denies)/,
    'IPv4 entries around subnets without IPv4',
  ],
  [
    /langson-.*aws_network_acl network\/app6\/.*(141|151|161) (removed|denies)/,
    'no reply of a portal: UDP, and errors other than Packet Too Big',
  ],
  [/langson-.*aws_vpc_security_group_egress_rule .*\/hosting\/out-ipv4: /, 'tasks without IPv4 send nothing over it'],
  [/aws_vpc_security_group_ingress_rule .*\/edge\/probe: /, 'everybody may come, and so may the probe'],
  [
    /aws_vpc_security_group_ingress_rule .*\/edge\/.*2001:db8:100::--48: cidr_ipv6/,
    'who is on an allow list, only the agency knows',
  ],
  [/aws_subnet probe\/.*assign_ipv6_address_on_creation/, 'a function takes IPv6 by its own setting'],
  [
    /(langson|instances)-.*aws_(scheduler_schedule|cloudwatch_metric_alarm|vpc_security_group_egress_rule|route) (portals\/\w+\/health|probe)\//,
    'targets without IPv4, and instances, are asked over IPv6 by their target group',
  ],
  [
    /fixed-addresses-.*aws_lb .*: (ip_address_type = "dualstack-without-public-ipv4"|internal = true)/,
    'clients come by the accelerator, which reaches load balancers without public addresses too',
  ],
  [
    /fixed-addresses-.*aws_acm_certificate .*: subject_alternative_names removed/,
    'the name to try IPv6 by; no citizen types it',
  ],
  [
    /fixed-addresses-.*aws_(route53_health_check|cloudwatch_metric_alarm|scheduler_schedule) portals\/portal\/(address-)?health\//,
    'Route 53 asks each address and the probe the name, so either notices without the other',
  ],
  [
    /highest-availability-.*aws_(cloudfront_distribution|s3_bucket_policy) portals\/portal\/failover\//,
    'the way to the portal is as it was; the page is for when it is down',
  ],
  [
    /highest-availability-.*aws_wafv2_ip_set portals\/portal\/waf\/probe: /,
    'the probe is limited like everybody then, and asks too seldom for that',
  ],
  [
    /highest-availability-.*aws_wafv2_web_acl .*: rule block without ipv4/,
    'somebody who was kept out comes in over IPv4; IPv6 is as it was',
  ],
  [/aws_lb_target_group .*: port = 9999/, 'services and attachments say the port themselves'],
  [/aws_lb_target_group_attachment .*10\.200\.1\.1[01]: removed/, 'the origin has another address'],
];

/** Mutants of which there is more than one thing to say, with the reason why. */
const SEVERAL: readonly (readonly [pattern: RegExp, findings: number, reason: string])[] = [
  [
    /aws_vpc_security_group_ingress_rule .*\/edge\/(80|443)-(0\.0\.0\.0|::)--0: port 1$/,
    2,
    'one port is shut, and another is open to everybody',
  ],
  [
    /aws_vpc_security_group_ingress_rule .*\/edge\/path-mtu-ipv4: ip_protocol = "udp"/,
    2,
    'a message is kept out, and ports are open to everybody',
  ],
  [/bkhcn-.*aws_route network\/to-10\.200\.0\.0--16: /, 2, 'each portal has an origin that it does not reach'],
];

/** The example agencies, and the reference architectures for the ways of hosting that no example has. */
const agencies = [...loadFleet('config').agencies, ...loadReferences('config').agencies.filter(isOfOwnKind)];

function isOfOwnKind({ id }: LoadedAgency): boolean {
  return ['instances', 'static', 'gateway-cdn', 'fixed-addresses', 'highest-availability'].includes(id);
}

const stacks = agencies.flatMap(({ config, files }) =>
  Object.keys(config.environments).map((environment) => {
    const json = stackJson({ config, files, environments: [environment] }) as { resource: StackResources };
    return { id: `${config.agency.id}-${environment}`, resources: json.resource };
  }),
);

const mutants = stacks.flatMap(({ id, resources }) => {
  const before = failuresOf(resources);
  return mutantsOf(id, resources).map((mutant) => {
    const findings = [...failuresOf(mutant.resources)].filter((failure) => !before.has(failure));
    return { title: mutant.title, findings };
  });
});
const missed = mutants.filter(({ findings }) => findings.length === 0).map(({ title }) => title);

test('whatever IPv6 rests on, a rule notices when it is gone', () => {
  const excused = missed.filter((title) => HARMLESS.some(([pattern]) => pattern.test(title)));
  const caught = mutants.length - missed.length;
  const score = caught / (mutants.length - excused.length);
  process.stdout.write(
    `mutants: ${mutants.length}, of which ${excused.length} harmless; ${caught} caught (${(100 * score).toFixed(1)} %)\n`,
  );

  expect(missed.filter((title) => !excused.includes(title))).toEqual([]);
  expect(score).toBeGreaterThanOrEqual(0.98);
  // A list of excuses that grows is a list of rules that lack.
  expect(excused.length / mutants.length).toBeLessThan(0.12);
});

test('each excuse is still needed', () => {
  expect(HARMLESS.filter(([pattern]) => !missed.some((title) => pattern.test(title)))).toEqual([]);
});

test('one break of an example agency is one finding', () => {
  const examples = mutants.filter(({ title }) => /^(bkhcn|hue|langson)-/.test(title));
  const several = examples.filter(({ title, findings }) => {
    const [, expected] = SEVERAL.find(([pattern]) => pattern.test(title)) ?? [undefined, 1];
    return findings.length > expected;
  });

  expect(several).toEqual([]);
});

test('each exception from that is still needed', () => {
  const most = SEVERAL.map(([pattern]) =>
    Math.max(...mutants.filter(({ title }) => pattern.test(title)).map(({ findings }) => findings.length)),
  );

  expect(most).toEqual(SEVERAL.map(([, findings]) => findings));
});

function failuresOf(resource: StackResources): ReadonlySet<string> {
  const { findings, crashes } = judge(readStackJson({ resource }));
  if (crashes.length > 0) throw crashes[0]!.error;
  return new Set(
    findings
      .filter(({ result, severity }) => result === 'fail' && severity !== 'notice')
      .map(({ rule, resource: { address }, message }) => `${rule} ${address} ${message}`),
  );
}
