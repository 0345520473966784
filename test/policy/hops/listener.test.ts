import type { HopResult } from '../../../policy/hops/hop';
import { findAtAccelerator } from '../../helpers/accelerator';
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

  test.each<Step>([
    ['some port', ({ aws_lb_listener }) => (aws_lb_listener!.https!.port = '${var.port}')],
    [
      'some load balancer',
      (resources) => {
        resources.aws_lb!.other = { internal: true };
        resources.aws_lb_listener!.https!.load_balancer_arn = '${var.load_balancer}';
      },
    ],
  ])('is not known where there is one of %s', (_, edit) => {
    const finding = unknown('whether somebody takes HTTPS on port 443 cannot be seen here');

    expectBoth('listener', edit, { ipv4: finding, ipv6: finding });
  });

  test('is judged by family where rules ask for addresses', () => {
    const edit: Edit = (resources) => {
      const action = resources.aws_lb_listener!.https!.default_action;
      resources.aws_lb_listener!.https!.default_action = [{ type: 'fixed-response' }];
      resources.aws_lb_listener_rule = {
        office: {
          listener_arn: '${aws_lb_listener.https.arn}',
          priority: 1,
          action,
          condition: [{ source_ip: { values: ['203.0.113.0/24'] } }],
        },
      };
    };

    expect(find('listener', 'ipv4', edit)).toEqual(PASS);
    expect(find('listener', 'ipv6', edit)).toMatchObject({
      state: 'fail',
      reason: 'forward requests to hue.gov.vn over IPv6: the rules of aws_lb_listener.https leave them out',
    });
    expect(find('target', 'ipv6', edit)).toEqual(PASS);
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
    const finding = unknown('where the HTTPS listener forwards to cannot be seen here');

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

describe('listener of an accelerator', () => {
  const find6 = (edit: Edit) => findAtAccelerator('listener', 'ipv6', edit);

  test.each<Step>([
    [
      'port 443',
      ({ aws_globalaccelerator_listener: listeners }) =>
        (listeners!.https!.port_range = [{ from_port: 80, to_port: 80 }]),
    ],
    ['TCP', ({ aws_globalaccelerator_listener: listeners }) => (listeners!.https!.protocol = 'UDP')],
    ['anything', (resources) => void (resources.aws_globalaccelerator_listener = {})],
  ])('fails where it does not take %s', (_, edit) => {
    expect(find6(edit)).toEqual(fail('add a TCP listener on port 443 to the accelerator'));
  });

  test('fails where it has no endpoint', () => {
    expect(find6((resources) => void (resources.aws_globalaccelerator_endpoint_group = {}))).toEqual(
      fail('give the listener of the accelerator an endpoint'),
    );
  });

  test('fails as that of the load balancer behind it does', () => {
    expect(find6((resources) => void (resources.aws_lb_listener = {}))).toEqual(
      fail('add an HTTPS listener on port 443'),
    );
    expect(
      find6(({ aws_acm_certificate }) => (aws_acm_certificate!.certificate!.subject_alternative_names = [])),
    ).toEqual(fail('put www.hue.gov.vn on the certificate'));
  });

  test('leads to the port to which it translates', () => {
    const translated: Edit = ({ aws_globalaccelerator_endpoint_group: groups }) =>
      (groups!.portal!.port_override = [{ listener_port: 443, endpoint_port: 8443 }]);
    const listening: Edit = ({ aws_lb_listener }) => (aws_lb_listener!.https!.port = 8443);

    expect(find6(translated)).toEqual(fail('add an HTTPS listener on port 8443'));
    expect(findAtAccelerator('listener', 'ipv6', translated, listening)).toEqual(PASS);
  });

  test('is not known where its ports are not', () => {
    expect(
      find6(({ aws_globalaccelerator_listener: listeners }) => (listeners!.https!.port_range = '${var.ports}')),
    ).toEqual(unknown('the listeners of the accelerator cannot be seen here'));
  });

  test('is not known where it leads to something else as well', () => {
    expect(
      find6(({ aws_globalaccelerator_endpoint_group: groups }) =>
        (groups!.portal!.endpoint_configuration as unknown[]).push({ endpoint_id: 'arn:aws:1', weight: 128 }),
      ),
    ).toEqual(unknown('what is behind aws_globalaccelerator_accelerator.front cannot be seen here'));
  });
});
