import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { displayName } from '../config/source';
import { didYouMean } from '../config/suggest';
import { UserError } from '../core/errors';
import { agencyIdsIn } from './checked-input';
import { agencyIdOf, isAgencyFile, requireConfigFolder } from './config-folder';
import {
  changedFiles,
  type Checkout,
  checkOut,
  commitOf,
  hasPath,
  isDirty,
  mergeBase,
  namesAt,
  shortCommit,
  workingCopy,
  type WorkingCopy,
} from './git';
import { builtSide, designedSide, type DesignedSide, NO_SIDE } from './ref-side';
import type { Target } from './target';
import { isToolkit, type Touched, touchedBy } from './touched';

/** Two versions of the fleet's files, and the stacks that may differ between them. */
export interface Comparison {
  /** As people say it: `main (1a2b3c4d)`. */
  readonly base: string;
  readonly head: string;
  readonly touched: Touched;
  /** Config folders of either side; absent where no file that makes stacks is another. */
  readonly configs?: { readonly before: string; readonly after: string };
  readonly before: DesignedSide;
  readonly after: DesignedSide;
  /** What a reader should know of how it was made. */
  readonly notes: readonly string[];
  /** The name that a file of either side has in the working copy: nobody finds what was checked out for a moment. */
  fileName(file: string): string;
  /** Takes away what was checked out. */
  close(): void;
}

export interface ComparisonOptions {
  /** What to hold the change against: a branch, tag or commit. */
  readonly base: string;
  /**
   * What is changed.
   *
   * @default - the working copy, with all that is not committed
   */
  readonly head?: string;
  readonly config: string;
  /** Agencies, or environments of them, to look at; none for all that may have changed. */
  readonly targets?: readonly Target[];
}

/**
 * Checks out what is needed, and finds the stacks that may differ. A branch is held against the commit where it parted from
 * the base: what others did since is none of its changes.
 *
 * @throws UserError where a ref, an agency or the config folder is not there
 */
export function compare({ base, head, config, targets = [] }: ComparisonOptions): Comparison {
  const copy = workingCopy(process.cwd());
  const path = configIn(copy, config);
  const to = head === undefined ? undefined : requireCommit(copy, head);
  const { commit, notes } = startOf(copy, requireCommit(copy, base), to, base);
  requireConfig(copy, path, config, [commit, to]);
  requireAgencies(copy, path, config, [commit, to], targets);
  const files = changedFiles(copy, commit, to);
  const found = touchedBy(files, path, copy);
  const touched = targets.length > 0 ? only(found, targets) : found;
  const names = {
    base: nameOf(base, commit),
    head: to === undefined ? hereAs(copy) : nameOf(head!, to),
    touched,
    notes: [...notes, ...packageNotes(copy, found, files)],
  };
  if (touched.agencies !== 'all' && touched.agencies.size === 0) {
    return { ...names, before: NO_SIDE, after: NO_SIDE, fileName: (file) => file, close: () => undefined };
  }
  return withCheckouts(copy, path, (at) => {
    const before = at(commit, touched.agencies);
    const after =
      to === undefined ? { config, side: designedSide(config, touched.agencies) } : at(to, touched.agencies);
    requireEnvironments(targets, [before.side, after.side], touched);
    return {
      ...names,
      configs: { before: before.config, after: after.config },
      before: within(before.side, targets),
      after: within(after.side, targets),
    };
  });
}

/** The stacks of two refs as they are, wherever they parted; of all agencies for a side that is none. */
export function compareRefs(
  base: string | undefined,
  head: string | undefined,
  config: string,
): Pick<Comparison, 'before' | 'after' | 'fileName' | 'close'> {
  const copy = workingCopy(process.cwd());
  const path = configIn(copy, config);
  const [from, to] = [base, head].map((ref) => (ref === undefined ? undefined : requireCommit(copy, ref)));
  requireConfig(copy, path, config, [from, to]);
  const agencies =
    from !== undefined && to !== undefined ? touchedBy(changedFiles(copy, from, to), path, copy).agencies : 'all';
  return withCheckouts(copy, path, (at) => ({
    before: from === undefined ? NO_SIDE : at(from, agencies).side,
    after: to === undefined ? NO_SIDE : at(to, agencies).side,
  }));
}

type At = (commit: string, agencies: Touched['agencies']) => { readonly config: string; readonly side: DesignedSide };

function withCheckouts<T extends object>(
  copy: WorkingCopy,
  path: string,
  work: (at: At) => T,
): T & Pick<Comparison, 'fileName' | 'close'> {
  const checkouts: Checkout[] = [];
  const close = (): void => checkouts.forEach(({ remove }) => remove());
  const at: At = (commit, agencies) => {
    const checkout = checkOut(copy, commit);
    checkouts.push(checkout);
    const config = join(checkout.folder, path);
    // This program was built from the working copy; what differs from that makes its stacks by itself.
    const isOther = touchedBy(changedFiles(copy, commit), path, copy).code;
    return { config, side: isOther ? builtSide(checkout.folder, config, agencies) : designedSide(config, agencies) };
  };
  const fileName = (file: string): string => {
    const there = checkouts.find(({ folder }) => file.startsWith(`${folder}/`));
    return there ? displayName(join(copy.root, relative(there.folder, file))) : file;
  };
  try {
    return { ...work(at), fileName, close };
  } catch (error) {
    close();
    throw error;
  }
}

function only({ agencies, ...rest }: Touched, targets: readonly Target[]): Touched {
  const wanted = targets.map(({ agency }) => agency);
  return { ...rest, agencies: new Set(wanted.filter((id) => agencies === 'all' || agencies.has(id))) };
}

/** Without the environments that nobody asked for. */
function within(side: DesignedSide, targets: readonly Target[]): DesignedSide {
  const isWanted = (owner: { readonly agency?: string; readonly environment?: string }): boolean =>
    targets.some(
      ({ agency, environment }) =>
        agency === owner.agency && (environment === undefined || environment === owner.environment),
    );
  if (targets.length === 0) return side;
  return { ...side, stacks: new Map([...side.stacks].filter(([, stack]) => isWanted(stack))) };
}

/** The config folder seen from the top of the working copy; its own name where it is a link. */
function configIn({ root, prefix }: WorkingCopy, config: string): string {
  const path = relative(realpathSync(root), realPath(isAbsolute(config) ? config : join(root, prefix, config)));
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path))
    throw new UserError(`${config} is outside the git repository ${root}, so that no ref has it`);
  return path.replaceAll('\\', '/');
}

/** As git names it, with links followed as far as the path is there. */
function realPath(path: string): string {
  return existsSync(path) || dirname(path) === path
    ? realpathSync(path)
    : join(realPath(dirname(resolve(path))), basename(path));
}

/** @param commits of the two sides; undefined is the working copy */
function requireConfig(
  copy: WorkingCopy,
  path: string,
  config: string,
  commits: readonly (string | undefined)[],
): void {
  if (commits.some((commit) => commit !== undefined && hasPath(copy, commit, path))) return;
  requireConfigFolder(config);
}

/** Of an agency that did not change nothing is read, so that its environments are not known. */
function requireEnvironments(targets: readonly Target[], sides: readonly DesignedSide[], { agencies }: Touched): void {
  for (const { agency, environment } of targets) {
    const isRead = (agencies === 'all' || agencies.has(agency)) && sides.every(({ broken }) => !broken.has(agency));
    const known = sides.flatMap(({ stacks }) =>
      [...stacks.values()].flatMap((stack) => (stack.agency === agency ? (stack.environment ?? []) : [])),
    );
    if (environment === undefined || !isRead || known.includes(environment)) continue;
    throw new UserError(
      `no environment \`${environment}\` of ${agency} on either side${didYouMean(environment, known)}`,
    );
  }
}

function requireAgencies(
  copy: WorkingCopy,
  path: string,
  config: string,
  commits: readonly (string | undefined)[],
  targets: readonly Target[],
): void {
  if (targets.length === 0) return;
  const known = new Set(
    commits.flatMap((commit) =>
      commit === undefined
        ? agencyIdsIn(config)
        : namesAt(copy, commit, path === '' ? 'agencies' : `${path}/agencies`)
            .filter(isAgencyFile)
            .map(agencyIdOf),
    ),
  );
  const unknown = targets.find(({ agency }) => !known.has(agency));
  if (unknown === undefined) return;
  const { agency } = unknown;
  throw new UserError(`no agency \`${agency}\` on either side${didYouMean(agency, [...known])}`);
}

function requireCommit(copy: WorkingCopy, ref: string): string {
  const commit = commitOf(copy, ref);
  if (commit !== undefined) return commit;
  const remote = commitOf(copy, `origin/${ref}`);
  const hint =
    remote !== undefined
      ? `; did you mean \`origin/${ref}\`?`
      : `; if it is on the server, run git fetch origin ${ref} first`;
  throw new UserError(`no branch, tag or commit \`${ref}\` here${hint}`);
}

function startOf(
  copy: WorkingCopy,
  base: string,
  to: string | undefined,
  ref: string,
): { readonly commit: string; readonly notes: readonly string[] } {
  const head = to ?? commitOf(copy, 'HEAD');
  const parted = head === undefined ? base : mergeBase(copy, base, head);
  if (parted !== undefined) return { commit: parted, notes: [] };
  return {
    commit: base,
    notes: [
      `Where the branch parted from ${ref} is not in the history here (a shallow clone?), so it is held against all of ${ref}.`,
    ],
  };
}

function packageNotes(copy: WorkingCopy, { code }: Touched, files: readonly string[]): string[] {
  if (isToolkit(copy))
    return code
      ? ['portal6 itself has changed: either side was made by its own code, with the packages that are installed here.']
      : [];
  return files.some((file) => /(^|\/)package(-lock)?\.json$/.test(file))
    ? ['package.json has changed: both sides were made by the portal6 that is installed here.']
    : [];
}

function nameOf(ref: string, commit: string): string {
  return commit.startsWith(ref) ? shortCommit(commit) : `${ref} (${shortCommit(commit)})`;
}

function hereAs(copy: WorkingCopy): string {
  const commit = commitOf(copy, 'HEAD');
  const here = commit === undefined ? 'the working copy' : shortCommit(commit);
  return isDirty(copy) ? `${here} and what is not committed` : here;
}
