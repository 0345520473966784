/**
 * Services that Fargate calls over a task's IPv4 address alone while it starts the task; ECR has no dual-stack
 * PrivateLink at all (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html).
 */
const IPV4_ONLY: ReadonlySet<string> = new Set(['ecr.api', 'ecr.dkr', 'secretsmanager', 'ssm']);

/** Whether an interface endpoint of a service, such as `ecr.api`, is reached over IPv4 alone and need not be dual-stack. */
export function isIpv4OnlyService(service: string): boolean {
  return IPV4_ONLY.has(service);
}
