import { parseCidrsubnet } from '../../../policy/facts/cidrsubnet';

const VPC = 'aws_vpc.main.ipv6_cidr_block';

test.each([
  ['${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)}', VPC, 8, 1],
  ['${cidrsubnet(aws_vpc.main.ipv6_cidr_block,8,255)}', VPC, 8, 255],
  ['${ cidrsubnet ( ( aws_vpc.main.ipv6_cidr_block ) ,\n 8 , (16) ) }', VPC, 8, 16],
  ['${(cidrsubnet(aws_vpc.main.ipv6_cidr_block, 12, 32))}', VPC, 12, 32],
  ['${cidrsubnet(aws_vpc.main[0].ipv6_cidr_block, 8, 1)}', 'aws_vpc.main[0].ipv6_cidr_block', 8, 1],
  ['${cidrsubnet("2001:db8:0:100::/56", 8, 2)}', '"2001:db8:0:100::/56"', 8, 2],
  ['${cidrsubnet(element(var.blocks, 0), 8, 2)}', 'element(var.blocks,0)', 8, 2],
  ['${cidrsubnet(cidrsubnet(aws_vpc.main.ipv6_cidr_block, 4, 3), 4, 2)}', VPC, 8, 3 * 16 + 2],
])('%s cuts a block', (template, base, newbits, netnum) => {
  expect(parseCidrsubnet(template)).toEqual({ base, newbits, netnum, fits: true });
});

test.each([
  ['${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 4, 16)}'],
  ['${cidrsubnet(cidrsubnet(aws_vpc.main.ipv6_cidr_block, 4, 16), 4, 0)}'],
  ['${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 999999999, 0)}'],
])('%s is no block, and Terraform says so', (template) => {
  expect(parseCidrsubnet(template)).toMatchObject({ fits: false });
});

test.each([
  ['${aws_vpc.main.ipv6_cidr_block}'],
  ['cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)'],
  ['${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, count.index)}'],
  ['${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 64 - 56, 1)}'],
  ['${cidrsubnet(each.value, 8, 1)}'],
  ['${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8)}'],
  ['${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, -1)}'],
  ['${cidrsubnets(aws_vpc.main.ipv6_cidr_block, 8, 8)[1]}'],
  ['${cidrsubnet(var.a, 8, 1) == cidrsubnet(var.b, 8, 1)}'],
  ['${cidrsubnet(var.a, 8, 1)} ${cidrsubnet(var.b, 8, 1)}'],
  ['${cidrsubnet(var.a, 8, 1}'],
  ['${cidrsubnet(")", 8, 1)'],
  [''],
])('%s is not understood', (template) => {
  expect(parseCidrsubnet(template)).toBeUndefined();
});
