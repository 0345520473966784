import { REGISTRY_STACK, stackId, stateStackId } from '../core/names';
import type { Path } from './finding';
import type { RegistryFile } from './registry-schema';
import type { Environment } from './schema';

/** A stack whose state is in a bucket. */
export interface StateUser {
  /** Id of the agency, or that of the registry's stack. */
  readonly holder: string;
  /** Key of the environment; absent for the registry. */
  readonly environment?: string;
  /** Id of the stack. */
  readonly stack: string;
  readonly account: string;
  readonly bucket: string;
  /** Region of the bucket. */
  readonly region: string;
  /** Whether the file says that this account has the bucket. */
  readonly isOwner: boolean;
  readonly provider: Environment['provider'];
}

/** A bucket for states, in the account that has it. */
export interface StateBucketPlan {
  readonly name: string;
  readonly region: string;
  /** Stacks of other accounts whose states are in it. */
  readonly guests: readonly { readonly stack: string; readonly account: string }[];
}

/** The buckets for states of one account. */
export interface StateStackPlan {
  readonly id: string;
  /** Id of the agency, or that of the registry's stack. */
  readonly holder: string;
  readonly account: string;
  /** Region of the first bucket. */
  readonly region: string;
  readonly provider: Environment['provider'];
  readonly buckets: readonly StateBucketPlan[];
}

/** The stacks of an agency that have remote state. */
export function usersOf(
  agency: string,
  environments: readonly { readonly id: string; readonly environment?: Environment }[],
): StateUser[] {
  return environments.flatMap(({ id, environment }) =>
    environment?.state
      ? [{ holder: agency, environment: id, stack: stackId(agency, id), ...common(environment, environment.state) }]
      : [],
  );
}

/** The registry's stack, if it has remote state. */
export function registryUser(registry: RegistryFile | undefined): StateUser[] {
  if (!registry?.state) return [];
  return [{ holder: REGISTRY_STACK, stack: REGISTRY_STACK, ...common(registry, registry.state) }];
}

function common(
  { account, region, provider }: Pick<Environment, 'account' | 'region' | 'provider'>,
  state: NonNullable<Environment['state']>,
) {
  return {
    account,
    bucket: state.bucket,
    region: state.region ?? region,
    isOwner: state.owner,
    provider,
  };
}

/** Keys that lead to what a file says of its state. */
export function statePath({ environment }: StateUser): Path {
  return environment === undefined ? ['state'] : ['environments', environment, 'state'];
}

/** Who uses which bucket, by its name. */
export function byBucket(users: readonly StateUser[]): ReadonlyMap<string, readonly StateUser[]> {
  const buckets = new Map<string, StateUser[]>();
  for (const user of users) buckets.set(user.bucket, [...(buckets.get(user.bucket) ?? []), user]);
  return buckets;
}

/**
 * Who has a bucket: the one that says so, or else the only one that uses it. The environments of an agency in one
 * account count as one.
 *
 * @returns undefined where several use it and not exactly one says that it is theirs
 */
export function ownerOf(users: readonly StateUser[]): StateUser | undefined {
  const said = users.filter(({ isOwner }) => isOwner);
  const candidates = said.length > 0 ? said : users;
  return new Set(candidates.map(placeOf)).size === 1 ? candidates[0] : undefined;
}

/** An agency's part of an account: what one state stack is for. */
export function placeOf({ holder, account }: StateUser): string {
  return `${holder} ${account}`;
}

/** A state stack for each agency and account that has buckets. In the order of their ids. */
export function stateStacks(users: readonly StateUser[]): StateStackPlan[] {
  const places = placesWithBuckets(users);
  return places
    .map((place): StateStackPlan => {
      const { holder, account, buckets } = place;
      const newest = buckets.find(({ owner }) => owner.provider.minimum === '6.25') ?? buckets[0]!;
      return {
        id: idOf(
          place,
          places.filter((other) => other.holder === holder),
        ),
        holder,
        account,
        region: buckets[0]!.owner.region,
        provider: newest.owner.provider,
        buckets: buckets.map(({ name, owner, all }) => ({
          name,
          region: owner.region,
          guests: all
            .filter((user) => user.account !== account)
            .map((user) => ({ stack: user.stack, account: user.account })),
        })),
      };
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

interface OwnedBucket {
  readonly name: string;
  readonly owner: StateUser;
  readonly all: readonly StateUser[];
}

interface Place {
  readonly holder: string;
  readonly account: string;
  /** In alphabetical order. */
  readonly buckets: OwnedBucket[];
}

function placesWithBuckets(users: readonly StateUser[]): Place[] {
  const places = new Map<string, Place>();
  for (const [name, all] of [...byBucket(users)].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const owner = ownerOf(all);
    if (!owner) continue;
    const place = places.get(placeOf(owner)) ?? { holder: owner.holder, account: owner.account, buckets: [] };
    place.buckets.push({ name, owner, all });
    places.set(placeOf(owner), place);
  }
  return [...places.values()];
}

/** Buckets that several use and of which nobody has said whose they are. */
export function unownedBuckets(users: readonly StateUser[]): [string, readonly StateUser[]][] {
  return [...byBucket(users)].filter(([, all]) => !ownerOf(all));
}

/**
 * `<agency>-state`. Where an agency has buckets in several accounts, that is the one of `production`, or else of the
 * first environment in alphabetical order; the others are called `<agency>-state-<environment>`, by their own first.
 */
function idOf(place: Place, places: readonly Place[]): string {
  const [main] = places.map(leading).sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  const own = leading(place);
  return own === main ? stateStackId(place.holder) : stateStackId(place.holder, own);
}

/** The environment by which an account is called. */
function leading({ account, buckets }: Place): string {
  const own = buckets.flatMap(({ owner, all }) =>
    all.filter((user) => user.holder === owner.holder && user.account === account),
  );
  const [first] = own
    .map(({ environment = '' }) => environment)
    .sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  return first!;
}

function rank(environment: string): number {
  return environment === 'production' ? 0 : 1;
}
