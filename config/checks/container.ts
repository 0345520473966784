import { error, type Finding, type Path, warning } from '../finding';
import type { ContainerHosting, Environment, ManagedNetwork } from '../schema';
import { dualStackImage, parseImage } from './image';

/** What a container's entry has to keep where it runs. */
export function checkContainerIn(hosting: ContainerHosting, environment: Environment, path: Path): Finding[] {
  return [...checkRegistry(hosting, environment, path), ...checkSecrets(hosting, environment, path)];
}

/** Memory in MiB that Fargate takes with CPU units: from, to, in steps of. 256 units take a list of three. */
const FARGATE_MEMORY: Readonly<Record<number, readonly [from: number, to: number, step: number]>> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
};

/** What a container's entry has to keep by itself. */
export function checkContainer(
  { image, cpu, memory, tasks, environment, secrets }: ContainerHosting,
  path: Path,
): Finding[] {
  const findings: Finding[] = [];
  const { tag, digest } = parseImage(image);
  if (!tag && !digest) {
    findings.push(
      error(
        [...path, 'image'],
        'names neither tag nor digest, so nobody knows what runs; add `:<tag>` or `@sha256:<digest>`',
      ),
    );
  } else if (tag === 'latest' && !digest) {
    findings.push(
      warning([...path, 'image'], '`latest` is another image tomorrow; name a version or, better, a digest'),
    );
  }
  if (tasks.min > tasks.max) {
    findings.push(error([...path, 'tasks', 'min'], `is ${tasks.min}, more than max, ${tasks.max}`));
  }
  const [from, to, step] = FARGATE_MEMORY[cpu] ?? [512, 2048, 512];
  const fits = cpu === 256 ? [512, 1024, 2048].includes(memory) : memory >= from && memory <= to && memory % step === 0;
  if (!fits) {
    const sizes = cpu === 256 ? '512, 1024 or 2048' : `${from} to ${to} in steps of ${step}`;
    findings.push(error([...path, 'memory'], `is ${memory}; with cpu ${cpu} Fargate takes ${sizes}`));
  }
  for (const name of Object.keys(secrets).filter((key) => Object.hasOwn(environment, key))) {
    findings.push(error([...path, 'secrets', name], 'is in `environment` too; keep one'));
  }
  return findings;
}

/** Which registries the tasks can pull from, as their subnets reach them. An adopted network's ways out are not known. */
function checkRegistry({ image }: ContainerHosting, { network, region }: Environment, path: Path): Finding[] {
  if (!network || 'existing' in network) return [];
  const { registry, ecr } = parseImage(image);
  const refuse = (message: string): Finding[] => [error([...path, 'image'], message)];

  if (network.appSubnets === 'ipv6-only') {
    if (ecr && !ecr.dualStack) {
      return refuse(
        `IPv6-only tasks cannot reach ${registry}, which answers over IPv4 alone; write ${dualStackImage(image)}`,
      );
    }
    return ecr || network.nat !== 'none'
      ? []
      : refuse(withoutNat(network, registry, `<account>.dkr-ecr.${region}.on.aws`));
  }
  if (network.nat !== 'none' || (ecr && !ecr.dualStack && ecr.region === region)) return [];
  return refuse(withoutNat(network, registry, `<account>.dkr.ecr.${region}.amazonaws.com`));
}

function withoutNat({ appSubnets }: ManagedNetwork, registry: string, reachable: string): string {
  const tasks =
    appSubnets === 'ipv6-only' ? 'IPv6-only tasks without NAT64 (nat: none)' : 'tasks without NAT (nat: none)';
  return `${tasks} cannot reach ${registry}; pull from ${reachable}, or set nat to single or per-zone`;
}

function checkSecrets({ secrets }: ContainerHosting, { account, region }: Environment, path: Path): Finding[] {
  return Object.entries(secrets).flatMap(([name, arn]) => {
    const here = [...path, 'secrets', name];
    const [, , , arnRegion, arnAccount] = arn.split(':');
    if (arnRegion !== region)
      return [
        error(here, `is in ${arnRegion}, but the tasks run in ${region}; ECS reads secrets of its own region alone`),
      ];
    if (arnAccount === account) return [];
    return [
      warning(
        here,
        `belongs to account ${arnAccount}, not ${account}; its policy and key must allow the tasks to read it`,
      ),
    ];
  });
}
