import { stackId, stateStackId } from '../../core/names';
import { error, formatLocation, type Path } from '../finding';
import type { LoadedRegistry } from '../registry';
import { byBucket, placeOf, registryUser, statePath, stateStacks, type StateUser, usersOf } from '../state-buckets';
import type { FleetFinding, FleetSubject } from './fleet';

/**
 * What must hold between those whose states are in one bucket. The registry, which may be one of them, counts as first
 * and is never told to change.
 */
export function checkBuckets<T extends FleetSubject>(
  subjects: readonly T[],
  registry: LoadedRegistry | undefined,
): FleetFinding<T>[] {
  const users = [
    ...registryUser(registry?.config).map((user): Placed<T> => ({ user, file: registry!, subject: undefined })),
    ...subjects.flatMap((subject) =>
      usersOf(subject.id, subject.environments).map((user): Placed<T> => ({ user, file: subject, subject })),
    ),
  ];
  return [...checkOwners(users), ...checkRegions(users), ...checkIds(subjects, users)];
}

interface Placed<T> {
  readonly user: StateUser;
  readonly file: Pick<LoadedRegistry, 'locate'>;
  /** Absent for the registry. */
  readonly subject: T | undefined;
}

/** Two stacks that make one bucket: the second apply fails, and each would set the other's policy aside. */
function checkOwners<T extends FleetSubject>(users: readonly Placed<T>[]): FleetFinding<T>[] {
  return beside(
    users.filter(({ user }) => user.isOwner),
    (user, first) => placeOf(user) !== placeOf(first),
    ['owner'],
    (user, first) => `${user.bucket} is made for ${first} already; of those who share a bucket one is its owner`,
  );
}

function checkRegions<T extends FleetSubject>(users: readonly Placed<T>[]): FleetFinding<T>[] {
  return beside(
    users,
    (user, first) => user.region !== first.region,
    ['region'],
    (user, first, region) =>
      `${user.bucket} is in ${region} for ${first}, and ${user.region} here; a bucket is in one region`,
  );
}

/** Says something to each that differs from the first of its bucket. */
function beside<T extends FleetSubject>(
  placed: readonly Placed<T>[],
  differs: (user: StateUser, first: StateUser) => boolean,
  key: Path,
  say: (user: StateUser, first: string, region: string) => string,
): FleetFinding<T>[] {
  const places = new Map(placed.map((one) => [one.user, one]));
  return [...byBucket([...places.keys()]).values()].flatMap(([first, ...rest]) =>
    rest.flatMap((user) => {
      const { subject } = places.get(user)!;
      if (!subject || !differs(user, first!)) return [];
      const where = formatLocation(places.get(first!)!.file.locate([...statePath(first!), ...key]));
      return [{ subject, finding: error([...statePath(user), ...key], say(user, where, first!.region)) }];
    }),
  );
}

/** `<agency>-state` is nobody's environment already; the stacks of an agency's other accounts have longer names. */
function checkIds<T extends FleetSubject>(subjects: readonly T[], users: readonly Placed<T>[]): FleetFinding<T>[] {
  const ids = new Map(
    stateStacks(users.map(({ user }) => user))
      .filter(({ id, holder }) => id !== stateStackId(holder))
      .map(({ id, holder, account }) => [id, { holder, account }]),
  );
  return subjects.flatMap((subject) =>
    subject.environments.flatMap(({ id }) => {
      const name = stackId(subject.id, id);
      const other = ids.get(name);
      if (!other) return [];
      const message = `its stack would be called ${name}, as that of the state bucket of ${other.holder} in account ${other.account}; choose another name`;
      return [{ subject, finding: error(['environments', id], message) }];
    }),
  );
}
