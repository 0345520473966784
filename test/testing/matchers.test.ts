import '../../testing';
import { type App, TerraformStack, Testing } from 'cdktf';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { productionJson } from '../helpers/agency';

type Resources = Record<string, Record<string, Record<string, unknown>>>;

function edited(edit: (resources: Resources) => void): object {
  const stack = structuredClone(productionJson()) as { resource: Resources };
  edit(stack.resource);
  return stack;
}

function only(resources: Resources, type: string): Record<string, unknown> {
  return Object.values(resources[type]!)[0]!;
}

const withIpv4LoadBalancer = edited((resources) => (only(resources, 'aws_lb').ip_address_type = 'ipv4'));
const withoutFlowLogs = edited((resources) => delete resources.aws_flow_log);

describe('toBeDualStack', () => {
  test('passes what portal6 makes', () => {
    expect(productionJson()).toBeDualStack();
  });

  test('fails a load balancer on IPv4, and says where, what and how to mend it', () => {
    expect(() => expect(withIpv4LoadBalancer).toBeDualStack()).toThrow(
      /not dual-stack:\n {2}error V6-LB-001 \[edge\] hue-production\/portals\/portal\/edge\/Resource \(aws_lb\..*\n {4}.*\n {4}fix: /,
    );
  });

  test('fails a stack in which nothing could be dual-stack: a test that cannot fail is no test', () => {
    expect(() => expect({ resource: { aws_s3_bucket: { logs: {} } } }).toBeDualStack()).toThrow(
      /nothing that could be/,
    );
  });

  test('can be turned around', () => {
    expect(withIpv4LoadBalancer).not.toBeDualStack();
    expect(() => expect(productionJson()).not.toBeDualStack()).toThrow('The stack is dual-stack, and was not to be.');
  });
});

describe('what can be given', () => {
  function vpc(app: App, id: string, ipv6: boolean): TerraformStack {
    const stack = new TerraformStack(app, id);
    new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16', assignGeneratedIpv6CidrBlock: ipv6 });
    return stack;
  }

  test('a stack, as it is in a test', () => {
    const app = Testing.app();

    expect(vpc(app, 'both', true)).toBeDualStack();
    expect(vpc(app, 'one', false)).not.toBeDualStack();
  });

  test('what Testing.synth returns', () => {
    expect(Testing.synth(vpc(Testing.app(), 'one', false))).not.toBeDualStack();
  });

  test.each([[undefined], ['no JSON'], [42], [{ agency: 'hue' }], ['null']])('not %j', (received) => {
    expect(() => expect(received).toBeDualStack()).toThrow(/^toBeDualStack: expected a TerraformStack/);
  });
});

describe('toPassPolicy', () => {
  test('passes what portal6 makes', () => {
    expect(productionJson()).toPassPolicy();
  });

  test('fails for an error, and names the rule', () => {
    expect(() => expect(withIpv4LoadBalancer).toPassPolicy()).toThrow(/does not pass the policy:\n.*V6-LB-001/);
  });

  test('leaves out what is excepted', () => {
    expect(withoutFlowLogs).not.toPassPolicy({ failOn: 'warning' });
    expect(withoutFlowLogs).toPassPolicy({ failOn: 'warning', except: ['V6-OBS-001'] });
  });

  test('minds warnings only when told to', () => {
    expect(withoutFlowLogs).toPassPolicy();
  });

  test('refuses an exception that is no rule, which would except nothing', () => {
    expect(() => expect(productionJson()).toPassPolicy({ except: ['V6-LB-999'] })).toThrow(
      /names V6-LB-999, which is no rule/,
    );
  });
});

describe('toHaveIpv6Path', () => {
  test('passes every public name', () => {
    expect(productionJson()).toHaveIpv6Path('portal.hue.gov.vn');
    expect(productionJson()).toHaveIpv6Path('WWW.hue.gov.vn');
  });

  test('fails where one hop is closed, and shows them all', () => {
    expect(() => expect(withIpv4LoadBalancer).toHaveIpv6Path('portal.hue.gov.vn')).toThrow(
      /portal\.hue\.gov\.vn is not reached over IPv6:\n {2}dns {6} open\n {2}edge {5} closed: make the load balancer dualstack/,
    );
  });

  describe('of a name that leads to two load balancers', () => {
    const two = (families: readonly string[], edit: (second: Record<string, unknown>) => void = () => undefined) =>
      edited((resources) => {
        const [key, first] = Object.entries(resources.aws_lb!)[0]!;
        resources.aws_lb!.second = { ...first };
        edit(resources.aws_lb!.second);
        const [listener] = Object.values(resources.aws_lb_listener!).filter(({ port }) => port === 443);
        resources.aws_lb_listener!.second = { ...listener, load_balancer_arn: '${aws_lb.second.arn}' };
        for (const [name, record] of Object.entries(resources.aws_route53_record!)) {
          if (!JSON.stringify(record).includes(key) || record.name !== 'portal.hue.gov.vn') continue;
          const weighted = { weighted_routing_policy: [{ weight: 50 }] };
          Object.assign(record, { ...weighted, set_identifier: 'first' });
          if (!families.includes(String(record.type))) continue;
          const alias = [{ name: '${aws_lb.second.dns_name}', zone_id: 'Z1', evaluate_target_health: true }];
          resources.aws_route53_record![`second-${name}`] = { ...record, set_identifier: 'second', alias };
        }
      });
    const single = (second: Record<string, unknown>): void => void (second.ip_address_type = 'ipv4');

    test('passes where one of them is for IPv4 alone, as far as DNS leads', () => {
      expect(two(['A'], single)).toHaveIpv6Path('portal.hue.gov.vn');
    });

    test('fails where one of them is closed to which an AAAA record leads', () => {
      expect(two(['A', 'AAAA'])).toHaveIpv6Path('portal.hue.gov.vn');
      expect(() => expect(two(['A', 'AAAA'], single)).toHaveIpv6Path('portal.hue.gov.vn')).toThrow(
        /dns {6} open\n {2}edge {5} closed: make the load balancer dualstack/,
      );
    });
  });

  test('fails where DNS leads nobody over IPv6', () => {
    const without = edited((resources) => {
      for (const [name, { type }] of Object.entries(resources.aws_route53_record!)) {
        if (type === 'AAAA') delete resources.aws_route53_record![name];
      }
    });

    expect(() => expect(without).toHaveIpv6Path('portal.hue.gov.vn')).toThrow(/dns {6} closed: publish AAAA/);
  });

  test('fails for a name that the stack does not have, and says which it has', () => {
    expect(() => expect(productionJson()).toHaveIpv6Path('hue.example')).toThrow(
      /Nothing in the stack answers for hue\.example: it has portal\.hue\.gov\.vn, www\.hue\.gov\.vn\./,
    );
  });
});
