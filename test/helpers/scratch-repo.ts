import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../cli/io';
import { EXAMPLES } from './agencies';
import { type Outcome, portal6 } from './cli';
import { edit } from './config-folder';

/** Those that the toolkit has as examples. */
type Example = 'bkhcn' | 'hue' | 'langson';

const folders: string[] = [];

const HERE = process.cwd();

afterAll(() => {
  // The next file runs in this process, too, and cannot be in a folder that is gone.
  process.chdir(HERE);
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

/** A git repository that has portal6 among its packages, with some of the examples on its branch `main`. */
export class ScratchRepo {
  public readonly root: string;

  /** @param config folder of the agency files, seen from the top */
  constructor(
    examples: readonly Example[] = ['hue'],
    private readonly config = 'config',
    name = 'fleet',
  ) {
    const parent = realpathSync(mkdtempSync(join(tmpdir(), 'scratch-')));
    folders.push(parent);
    this.root = join(parent, name);
    mkdirSync(this.root);
    this.git('init', '-q', '-b', 'main');
    for (const [key, value] of [
      ['user.name', 'Hue'],
      ['user.email', 'ipv6@hue.gov.vn'],
      ['commit.gpgsign', 'false'],
    ] as const) {
      this.git('config', key, value);
    }
    for (const file of ['defaults.yaml', 'waivers.yaml', ...examples.map((id) => `agencies/${id}.yaml`)]) {
      this.write(`${config}/${file}`, readFileSync(join(EXAMPLES, file), 'utf8'));
    }
    this.write('README.md', '# Portals\n');
    this.commit();
  }

  public git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  }

  public write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
  }

  public read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  public remove(file: string): void {
    rmSync(join(this.root, file));
  }

  public copy(from: string, to: string): void {
    cpSync(join(this.root, from), join(this.root, to), { recursive: true });
  }

  /** Edits an agency's file; fails where what is to be replaced is not there. */
  public edit(agency: string, ...replacements: readonly (readonly [from: string, to: string])[]): void {
    const file = `${this.config}/agencies/${agency}.yaml`;
    this.write(file, edit(this.read(file), ...replacements));
  }

  /** Commits all that there is, on the branch that is checked out. */
  public commit(): string {
    this.git('add', '--all');
    this.git('commit', '-q', '--allow-empty', '-m', 'change');
    return this.git('rev-parse', 'HEAD');
  }

  /** A new branch from here, checked out. */
  public branch(name: string): void {
    this.git('checkout', '-q', '-b', name);
  }

  /** Runs a command line in the repository, or in a folder of it. */
  public async run(argv: readonly string[], io: Partial<Io> = {}, folder = ''): Promise<Outcome> {
    process.chdir(join(this.root, folder));
    try {
      return await portal6(argv, io);
    } finally {
      process.chdir(HERE);
    }
  }
}
