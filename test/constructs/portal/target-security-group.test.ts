import { targetSecurityGroup } from '../../../constructs/portal/target-security-group';
import { aNetwork, anEdge, synth } from '../../helpers/synth';

const stack = synth((scope) => {
  const network = aNetwork();
  const edge = anEdge(scope, network);
  targetSecurityGroup(scope, { name: 'hue-production--portal', members: 'tasks', network, edge, port: 8080 });
});

test('lets the load balancer in on the port, whichever family it comes by', () => {
  expect(stack.at('from-edge')).toMatchObject({
    security_group_id: stack.ref('security-group'),
    from_port: 8080,
    to_port: 8080,
    referenced_security_group_id: stack.ref('edge/security-group'),
  });
  expect(stack.at('edge/to-targets')).toMatchObject({ referenced_security_group_id: stack.ref('security-group') });
});

test('lets its members out over both families', () => {
  const out = { security_group_id: stack.ref('security-group'), ip_protocol: '-1' };

  expect(stack.at('out-ipv4')).toEqual({ ...out, cidr_ipv4: '0.0.0.0/0' });
  expect(stack.at('out-ipv6')).toEqual({ ...out, cidr_ipv6: '::/0' });
});

test('says in its name whose members they are', () => {
  expect(stack.at('security-group')).toMatchObject({
    name_prefix: 'portal6-hue-production--portal-tasks-',
    tags: { Name: 'hue-production--portal-tasks' },
  });
});
