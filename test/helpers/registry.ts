/** A right file of the address registry, with a range of its own. */
export const REGISTRY = `account: '999900001111'
region: ap-southeast-1
ipv4: 10.0.0.0/8
ipv6:
  byoip:
    cidr: 2001:db8::/32
    advertise: true
    provisioned: true
pools:
  provinces:
    ipv4: { cidr: 10.0.0.0/10 }
    ipv6:
      cidr: 2001:db8:4000::/36
      id: ipam-pool-0123456789abcdef0
    shareWith: ['111122223333', '444455556666']
  ministries:
    ipv6: { cidr: '2001:db8:8000::/36' }
    shareWith: [arn:aws:organizations::999900001111:organization/o-exampleorgid]
`;

/** The same with contiguous blocks of Amazon. */
export const AMAZON_REGISTRY = `account: '999900001111'
region: ap-southeast-1
operatingRegions: [ap-southeast-1, ap-northeast-1]
ipv6: amazon
pools:
  provinces:
    ipv6: { size: 53, id: ipam-pool-0123456789abcdef0 }
  ministries:
    ipv6: { size: 54 }
`;
