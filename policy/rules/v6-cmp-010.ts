import { fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-CMP-010',
  title: 'A dual-stack database is not publicly accessible',
  group: 'compute',
  kind: 'danger',
  severity: 'error',
  types: ['aws_db_instance', 'aws_rds_cluster_instance'],
  why: 'IPv6 addresses are public ones, and no NAT is in between. A database that is dual-stack and publicly accessible is a few rules of a security group away from the whole Internet.',
  fix: 'Set `publicly_accessible = false`.',
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html'],
  good: { aws_db_instance: { main: { network_type: 'DUAL', publicly_accessible: false } } },
  bad: { aws_db_instance: { main: { network_type: 'DUAL', publicly_accessible: true } } },
  unknown: { aws_db_instance: { main: { network_type: 'DUAL', publicly_accessible: '${var.public}' } } },

  check(instance, graph) {
    const cluster = graph.referenceIn(instance.value('cluster_identifier'), 'aws_rds_cluster');
    const isDual = (cluster ?? instance).is('network_type', 'DUAL', 'IPV4');
    const isPublic = instance.is('publicly_accessible', true, false);
    if (isDual === false) return undefined;
    if (isDual && isPublic === false) return PASS;
    if (isPublic === false) return undefined;
    return isDual && isPublic
      ? fail('the database is dual-stack and publicly accessible')
      : unknown('whether the database is dual-stack and publicly accessible is only known after apply');
  },
};
