import { renderHcl } from '../../policy/hcl';
import type { ExampleResources } from '../../policy/rule';

test('writes resources as terraform fmt would', () => {
  const hcl = hclOf({
    aws_route_table: {
      public: {
        vpc_id: '${aws_vpc.main.id}',
        tags: { Name: 'public', 'k8s.io/role': 'elb' },
        route: [
          { ipv6_cidr_block: '::/0', gateway_id: '${aws_internet_gateway.main.id}' },
          { cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.main.id}' },
        ],
        depends_on: ['aws_vpc.main'],
      },
    },
    aws_eip: { nat: {} },
  });

  expect(hcl).toBe(`resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  tags = {
    Name          = "public"
    "k8s.io/role" = "elb"
  }

  route {
    ipv6_cidr_block = "::/0"
    gateway_id      = aws_internet_gateway.main.id
  }

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }

  depends_on = [aws_vpc.main]
}

resource "aws_eip" "nat" {}`);
});

test.each<[string, unknown, string]>([
  ['a number', 443, '443'],
  ['a boolean', true, 'true'],
  ['null', null, 'null'],
  ['a text', 'dualstack', '"dualstack"'],
  ['a text with a quote, a backslash and a newline', 'a "b" \\ \n', '"a \\"b\\" \\\\ \\n"'],
  ['an expression', '${aws_vpc.main.id}', 'aws_vpc.main.id'],
  [
    'an expression with braces and quotes',
    '${{ for k, v in var.x : k => v["a"] }}',
    '{ for k, v in var.x : k => v["a"] }',
  ],
  ['two expressions', '${var.a}${var.b}', '"${var.a}${var.b}"'],
  [
    'an expression in a text',
    'dualstack.${aws_lb.x["a"].dns_name} "x"',
    '"dualstack.${aws_lb.x["a"].dns_name} \\"x\\""',
  ],
  ['a template directive', '%{ if var.x }a%{ endif }', '"%{ if var.x }a%{ endif }"'],
  ['an escaped expression', '$${not.one}', '"$${not.one}"'],
  ['an expression without end', '${oops', '"${oops"'],
  ['a text of JSON', '{"Version":"2012-10-17"}', 'jsonencode({\n    Version = "2012-10-17"\n  })'],
  ['a text that is almost JSON', '{a', '"{a"'],
  ['an empty text', '', '""'],
  ['an empty list', [], '[]'],
  ['a list', ['::/0', '${var.x}'], '["::/0", var.x]'],
])('writes %s', (_, value, expected) => {
  expect(hclOf({ t: { n: { a: value } } })).toBe(`resource "t" "n" {\n  a = ${expected}\n}`);
});

test('breaks long lists, and blocks within blocks', () => {
  const hcl = hclOf({
    aws_wafv2_ip_set: { x: { addresses: Array.from({ length: 4 }, (_, index) => `2001:db8:0:${index}000::/64`) } },
    aws_ecs_service: {
      x: { network_configuration: { subnets: ['${aws_subnet.a.id}'] }, lifecycle: { ignore_changes: ['tags'] } },
    },
    aws_security_group: { x: { dynamic: { ingress: { for_each: '${var.ranges}', content: { from_port: 443 } } } } },
  });

  expect(hcl).toBe(`resource "aws_wafv2_ip_set" "x" {
  addresses = [
    "2001:db8:0:0000::/64",
    "2001:db8:0:1000::/64",
    "2001:db8:0:2000::/64",
    "2001:db8:0:3000::/64",
  ]
}

resource "aws_ecs_service" "x" {
  network_configuration {
    subnets = [aws_subnet.a.id]
  }

  lifecycle {
    ignore_changes = [tags]
  }
}

resource "aws_security_group" "x" {
  dynamic "ingress" {
    for_each = var.ranges

    content {
      from_port = 443
    }
  }
}`);
});

test('gives each resource by its address', () => {
  expect([...renderHcl({ a_b: { x: {}, y: {} } }).keys()]).toEqual(['a_b.x', 'a_b.y']);
});

function hclOf(resources: ExampleResources): string {
  return [...renderHcl(resources).values()].join('\n\n');
}
