import { isAbsolute, join, relative } from 'node:path';
import { UserError } from '../core/errors';
import {
  changedFiles,
  type Checkout,
  checkOut,
  commitOf,
  isDirty,
  mergeBase,
  shortCommit,
  workingCopy,
  type WorkingCopy,
} from './git';
import { builtSide, designedSide, type DesignedSide } from './ref-side';
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
  /** Agencies to look at; none for all that may have changed. */
  readonly agencies?: readonly string[];
}

/**
 * Checks out what is needed, and finds the stacks that may differ. A branch is held against the commit where it parted from
 * the base: what others did since is none of its changes.
 *
 * @throws UserError where a ref is not there
 */
export function compare({ base, head, config, agencies }: ComparisonOptions): Comparison {
  const copy = workingCopy(process.cwd());
  const path = configIn(copy, config);
  const to = head === undefined ? undefined : requireCommit(copy, head);
  const { commit, notes } = startOf(copy, requireCommit(copy, base), to, base);
  const files = changedFiles(copy, commit, to);
  const found = touchedBy(files, path, copy);
  const touched = agencies && agencies.length > 0 ? only(found, agencies) : found;
  const names = {
    base: nameOf(base, commit),
    head: to === undefined ? hereAs(copy) : nameOf(head!, to),
    touched,
    notes: [...notes, ...packageNotes(copy, found, files)],
  };
  if (touched.agencies !== 'all' && touched.agencies.size === 0) {
    return { ...names, before: NOTHING, after: NOTHING, close: () => undefined };
  }
  return withCheckouts(copy, path, (at) => {
    const before = at(commit, touched.agencies);
    const after =
      to === undefined ? { config, side: designedSide(config, touched.agencies) } : at(to, touched.agencies);
    return {
      ...names,
      configs: { before: before.config, after: after.config },
      before: before.side,
      after: after.side,
    };
  });
}

/** The stacks of two refs as they are, wherever they parted; of all agencies for a side that is none. */
export function compareRefs(
  base: string | undefined,
  head: string | undefined,
  config: string,
): Pick<Comparison, 'before' | 'after' | 'close'> {
  const copy = workingCopy(process.cwd());
  const path = configIn(copy, config);
  const [from, to] = [base, head].map((ref) => (ref === undefined ? undefined : requireCommit(copy, ref)));
  const isBoth = from !== undefined && to !== undefined;
  const agencies = isBoth ? touchedBy(changedFiles(copy, from, to), path, copy).agencies : 'all';
  return withCheckouts(copy, path, (at) => ({
    before: from === undefined ? NOTHING : at(from, agencies).side,
    after: to === undefined ? NOTHING : at(to, agencies).side,
  }));
}

const NOTHING: DesignedSide = { stacks: new Map(), broken: new Set(), problems: [] };

type At = (commit: string, agencies: Touched['agencies']) => { readonly config: string; readonly side: DesignedSide };

function withCheckouts<T extends object>(copy: WorkingCopy, path: string, work: (at: At) => T): T & { close(): void } {
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
  try {
    return { ...work(at), close };
  } catch (error) {
    close();
    throw error;
  }
}

function only({ agencies, ...rest }: Touched, wanted: readonly string[]): Touched {
  return { ...rest, agencies: new Set(wanted.filter((id) => agencies === 'all' || agencies.has(id))) };
}

/** The config folder seen from the top of the working copy. */
function configIn({ root, prefix }: WorkingCopy, config: string): string {
  const path = relative(root, isAbsolute(config) ? config : join(root, prefix, config)).replaceAll('\\', '/');
  if (path.startsWith('..'))
    throw new UserError(`${config} is outside the git repository ${root}, so that no ref has it`);
  return path;
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
