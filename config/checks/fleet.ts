import { type Cidr, contains, firstFreeBlock, formatCidr, parseCidr } from '../../core/cidr';
import { REGISTRY_STACK, stackId, stagedName, stateStackId } from '../../core/names';
import { error, type Finding, formatLocation, type Location, type Path, warning } from '../finding';
import { networkRange, networkRanges } from './network-range';
import { publicNames } from './portal';
import type { Subject } from './subject';

/** A file that takes part in the checks between files. */
export interface FleetSubject extends Subject {
  locate(path: Path): Location;
}

/** Something to say about one of the files. */
export interface FleetFinding<T extends FleetSubject> {
  readonly subject: T;
  readonly finding: Finding;
}

/** What must hold between the environments of one agency and, given more of them, between agencies. */
export function checkFleet<T extends FleetSubject>(subjects: readonly T[]): FleetFinding<T>[] {
  return [...checkIds(subjects), ...checkStacks(subjects), ...checkDomains(subjects), ...checkRanges(subjects)];
}

/** The stacks of the address registry belong to no agency. */
const RESERVED_STACKS = [REGISTRY_STACK, stateStackId(REGISTRY_STACK)];

function checkIds<T extends FleetSubject>(subjects: readonly T[]): FleetFinding<T>[] {
  const claims = subjects.map((subject) => ({ name: subject.id, subject, path: ['agency', 'id'] }));
  return conflicts(claims).map(({ claim, first }) => ({
    subject: claim.subject,
    finding: error(claim.path, `agency \`${claim.name}\` has another file, ${first.subject.locate([]).file}; keep one`),
  }));
}

/** Stack ids are agency and environment with a hyphen between, so agency `hue-a` with `b` meets `hue` with `a-b`. */
function checkStacks<T extends FleetSubject>(subjects: readonly T[]): FleetFinding<T>[] {
  const claims = subjects.flatMap((subject) => [
    { name: stackId(subject.id, 'state'), subject, path: ['agency', 'id'], own: true },
    ...subject.environments
      .filter(({ id }) => id !== 'state')
      .map(({ id }) => ({ name: stackId(subject.id, id), subject, path: ['environments', id], own: false })),
  ]);
  const reserved = claims
    // An agency of the registry's own name is refused as such.
    .filter(({ name, subject }) => RESERVED_STACKS.includes(name) && subject.id !== REGISTRY_STACK)
    .map(({ name, subject, path }) => ({
      subject,
      finding: error(path, `its stack would be called ${name}, which is reserved; choose another name`),
    }));
  const met = conflicts(claims.filter(({ name }) => !RESERVED_STACKS.includes(name)))
    .filter(({ claim, first }) => claim.subject.id !== first.subject.id)
    .map(({ claim, first }) => ({
      subject: claim.subject,
      finding: error(
        claim.path,
        `its stack would be called ${claim.name}, as that of ${formatLocation(first.subject.locate(first.path))}; choose another name`,
      ),
    }));
  return [...reserved, ...met];
}

function checkDomains<T extends FleetSubject>(subjects: readonly T[]): FleetFinding<T>[] {
  const portals = subjects.flatMap((subject) =>
    subject.environments.flatMap(({ id, portals: here }) =>
      here.map(({ id: portalId, portal }) => ({ subject, portal, path: ['environments', id, 'portals', portalId] })),
    ),
  );
  const listed = portals.flatMap(({ subject, portal, path }) =>
    publicNames(portal, path).map((claim) => ({ ...claim, subject, portal: path.join('\n') })),
  );
  const twice = conflicts(listed)
    // Within one portal it is said already.
    .filter(({ claim, first }) => claim.subject !== first.subject || claim.portal !== first.portal)
    .map(({ claim, first }) => ({
      subject: claim.subject,
      finding: error(claim.path, `${claim.name} is taken by ${formatLocation(first.subject.locate(first.path))}`),
    }));

  const owners = new Map(
    portals.map(({ subject, portal, path }) => [stagedName(portal.domain), { subject, portal, path }]),
  );
  const staged = listed.flatMap(({ name, subject, path, portal }) => {
    const owner = owners.get(name);
    if (!owner || (owner.subject === subject && owner.path.join('\n') === portal)) return [];
    const place = formatLocation(owner.subject.locate([...owner.path, 'domain']));
    const message = `${name} is the name that portal6 makes to try out the IPv6 of ${owner.portal.domain} (${place}); choose another`;
    return [{ subject, finding: error(path, message) }];
  });
  return [...twice, ...staged];
}

interface Claim<T> {
  readonly name: string;
  readonly subject: T;
  readonly path: Path;
}

/** Claims of a name that somebody claimed before. */
function conflicts<C extends Claim<unknown>>(claims: readonly C[]): { readonly claim: C; readonly first: C }[] {
  const firsts = new Map<string, C>();
  return claims.flatMap((claim) => {
    const first = firsts.get(claim.name);
    if (first) return [{ claim, first }];
    firsts.set(claim.name, claim);
    return [];
  });
}

interface Block<T> {
  readonly subject: T;
  readonly path: Path;
  readonly environment: string;
  readonly range: Cidr;
  /** Id of an adopted VPC, which environments may share. */
  readonly vpc?: string;
}

/**
 * Two networks that overlap can never be connected. Blocks nest or lie apart, so that a walk in order of address meets
 * everything that a block overlaps on a stack.
 */
function checkRanges<T extends FleetSubject>(subjects: readonly T[]): FleetFinding<T>[] {
  const blocks = subjects.flatMap(blocksOf);
  const order = new Map(blocks.map((block, index) => [block, index]));
  const sorted = [...blocks].sort(
    (one, other) => compare(one.range.first, other.range.first) || one.range.prefix - other.range.prefix,
  );
  const met: { block: Block<T>; other: Block<T> }[] = [];
  const around: Block<T>[] = [];
  for (const block of sorted) {
    while (around.length > 0 && !contains(around[around.length - 1]!.range, block.range)) around.pop();
    const others = around.filter((other) => other.vpc === undefined || other.vpc !== block.vpc);
    const other = others.find(({ subject }) => subject === block.subject) ?? others[0];
    // The later in the files is told to move.
    if (other) met.push(order.get(block)! > order.get(other)! ? { block, other } : { block: other, other: block });
    around.push(block);
  }

  const nextFree = freeBlocks(subjects);
  return met
    .sort((one, other) => order.get(one.block)! - order.get(other.block)!)
    .map(({ block, other }) => {
      const { subject, path, range } = block;
      const text = `${formatCidr(range)} overlaps`;
      if (subject === other.subject) {
        const message = `${text} environment \`${other.environment}\`, ${formatCidr(other.range)}; the two could never be connected`;
        return { subject, finding: error(path, message) };
      }
      const place = formatLocation(other.subject.locate(other.path));
      const free = nextFree(range.prefix);
      const advice = free ? `; ${formatCidr(free)} is free` : '; 10.0.0.0/8 has no free block of its size';
      return { subject, finding: warning(path, `${text} ${formatCidr(other.range)} of ${place}${advice}`) };
    });
}

function blocksOf<T extends FleetSubject>(subject: T): Block<T>[] {
  return subject.environments.flatMap(({ id, environment }) => {
    const network = environment?.network;
    if (!network) return [];
    const adopted = 'existing' in network;
    const path = ['environments', id, 'network', ...(adopted ? ['existing'] : []), 'ipv4'];
    const vpc = adopted ? network.existing.vpc : undefined;
    return [{ subject, path, environment: id, range: parseCidr(networkRange(network))!, vpc }];
  });
}

const PRIVATE = parseCidr('10.0.0.0/8')!;

/** Gives out blocks that nobody uses, each once: neither as a network nor as a data center's. */
function freeBlocks(subjects: readonly FleetSubject[]): (prefix: number) => Cidr | undefined {
  let taken: Cidr[] | undefined;
  return (prefix) => {
    taken = join(taken ?? subjects.flatMap(usedRanges));
    const free = firstFreeBlock(PRIVATE, prefix, taken);
    if (free) taken.push(free);
    return free;
  };
}

function usedRanges(subject: FleetSubject): Cidr[] {
  return subject.environments
    .flatMap(({ environment, portals }) => [
      ...networkRanges(environment?.network),
      ...portals.flatMap(({ portal: { hosting } }) =>
        hosting.type === 'gateway' ? (hosting.connection?.routes ?? []) : [],
      ),
    ])
    .map((text) => parseCidr(text)!);
}

/** The same addresses in as few spans as can be: a fleet that is packed tightly is one, and quickly stepped over. */
function join(ranges: readonly Cidr[]): Cidr[] {
  const spans: Cidr[] = [];
  for (const range of [...ranges].sort((one, other) => compare(one.first, other.first))) {
    const last = spans[spans.length - 1];
    if (!last || last.last + 1n < range.first) spans.push(range);
    else if (range.last > last.last) spans[spans.length - 1] = { ...last, last: range.last };
  }
  return spans;
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
