/** The parts of a container image's name. */
export interface Image {
  /** Host of the registry; Docker Hub's where the name has none. */
  readonly registry: string;
  readonly tag?: string;
  readonly digest?: string;
  /** What its host says, where it is a private registry of ECR. */
  readonly ecr?: EcrHost;
}

export interface EcrHost {
  readonly account: string;
  readonly region: string;
  /** Whether the host answers over IPv6 too: `dkr-ecr.<region>.on.aws` does, `dkr.ecr.<region>.amazonaws.com` does not. */
  readonly dualStack: boolean;
}

/** Takes a name such as `registry/path:tag@digest` apart. */
export function parseImage(image: string): Image {
  const [named = '', digest] = image.split('@');
  const [first = '', ...rest] = named.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = isHost ? first : 'docker.io';
  // A colon before the last slash is the port of the host.
  const tag = (rest[rest.length - 1] ?? first).split(':')[1];
  return { registry, tag, digest, ecr: parseEcrHost(registry) };
}

/** The same image under the name that answers over IPv6. */
export function dualStackImage(image: string): string {
  return image.replace(IPV4_ECR, '$1.dkr-ecr.$2.on.aws');
}

const IPV4_ECR = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?=\/|$)/;
const DUAL_STACK_ECR = /^(\d{12})\.dkr-ecr\.([a-z0-9-]+)\.on\.aws$/;

function parseEcrHost(host: string): EcrHost | undefined {
  const ipv4 = IPV4_ECR.exec(host);
  const match = ipv4 ?? DUAL_STACK_ECR.exec(host);
  return match ? { account: match[1]!, region: match[2]!, dualStack: !ipv4 } : undefined;
}
