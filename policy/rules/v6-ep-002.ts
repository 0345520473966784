import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-EP-002',
  title: "An endpoint's names fit its addresses",
  group: 'endpoints',
  kind: 'danger',
  severity: 'error',
  types: ['aws_vpc_endpoint'],
  why: 'AWS answers for an endpoint with A records, AAAA records or both, and refuses records of a family that the endpoint has no addresses of.',
  fix: 'Set `ip_address_type = "dualstack"`, which goes with every `dns_record_ip_type`, or make the two the same.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html'],
  good: stack('dualstack', 'dualstack'),
  bad: stack('ipv4', 'dualstack'),
  unknown: stack('${var.ip_address_type}', 'dualstack'),

  check(endpoint) {
    const options = endpoint.block('dns_options');
    if (!options.has('dns_record_ip_type')) return undefined;
    const records = options.known('dns_record_ip_type');
    const addresses = endpoint.has('ip_address_type') ? endpoint.known('ip_address_type') : 'ipv4';
    if (addresses === 'dualstack' || records === 'service-defined') return PASS;
    if (addresses === undefined || records === undefined) {
      return unknown('ip_address_type or dns_record_ip_type is only known after apply');
    }
    return addresses === records ? PASS : fail(`dns_record_ip_type is ${records}, but ip_address_type is ${addresses}`);
  },
};

function stack(addresses: string, records: string): ExampleResources {
  return {
    aws_vpc_endpoint: {
      kms: {
        vpc_endpoint_type: 'Interface',
        service_name: 'com.amazonaws.ap-southeast-1.kms',
        ip_address_type: addresses,
        dns_options: { dns_record_ip_type: records },
      },
    },
  };
}
