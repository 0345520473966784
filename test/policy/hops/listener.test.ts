import type { HopResult } from '../../../policy/hops/hop';
import { expectBoth, fail, find, PASS, unknown, type Step } from '../../helpers/hops';
import { networkEdge } from '../../helpers/plain-network-edge';
import { type Edit } from '../../helpers/plain-stack';

describe('listener', () => {
  test.each<Step>([
    ['is none', (resources) => void (resources.aws_lb_listener = {})],
    ['is one on another port', ({ aws_lb_listener }) => (aws_lb_listener!.https!.port = 8443)],
    ['is plain HTTP on port 443', ({ aws_lb_listener }) => (aws_lb_listener!.https!.protocol = 'HTTP')],
    [
      'is one of another load balancer',
      ({ aws_lb_listener }) => (aws_lb_listener!.https!.load_balancer_arn = 'arn:aws:1'),
    ],
  ])('fails for both families when there %s', (_, edit) => {
    const finding = fail('add an HTTPS listener on port 443');

    expectBoth('listener', edit, { ipv4: finding, ipv6: finding });
  });

  test('a port may be written as text', () => {
    expect(find('listener', 'ipv6', ({ aws_lb_listener }) => (aws_lb_listener!.https!.port = '443'))).toEqual(PASS);
  });

  test('the target group may stand in a forward block', () => {
    const edit: Edit = ({ aws_lb_listener }) => {
      const target_group = [{ arn: '${aws_lb_target_group.tasks.arn}', weight: 1 }];
      aws_lb_listener!.https!.default_action = { type: 'forward', forward: { target_group } };
    };

    expect(find('listener', 'ipv6', edit)).toEqual(PASS);
  });

  test('passes for neither family when nobody knows where it forwards to', () => {
    const finding = unknown('the HTTPS listener forwards to no one target group');

    expectBoth('listener', ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = [{ type: 'forward' }]), {
      ipv4: finding,
      ipv6: finding,
    });
  });

  test.each<[string, Record<string, unknown>, HopResult]>([
    ['ends TLS', {}, PASS],
    ['has a certificate for TCP', { protocol: 'TCP' }, fail('speak TLS on port 443: AWS takes no certificate for TCP')],
    [
      'hands TLS on',
      { protocol: 'TCP', certificate_arn: undefined },
      unknown('the targets end TLS, and which certificates they have cannot be seen here'),
    ],
  ])('of connections: one that %s', (_, attributes, finding) => {
    const edit: Edit = ({ aws_lb_listener }) => Object.assign(aws_lb_listener!.https!, attributes);

    expect(find('listener', 'ipv6', networkEdge, edit)).toEqual(finding);
  });
});
