import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A git repository of its own, of which git asks nothing about this machine; gone after the tests of the file. */
export class ScratchRepository {
  public readonly folder: string;
  private readonly env: NodeJS.ProcessEnv;

  /** @param bin folder of programs that go before those of this machine. */
  constructor(name = 'repository', bin?: string) {
    const parent = mkdtempSync(join(tmpdir(), 'portal6-git-'));
    folders.push(parent);
    this.folder = join(parent, name);
    mkdirSync(this.folder);
    const others = Object.entries(process.env).filter(([key]) => !key.startsWith('GIT_'));
    this.env = {
      ...Object.fromEntries(others),
      HOME: parent,
      ...(bin !== undefined && { PATH: `${bin}:${process.env.PATH}` }),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Hue',
      GIT_AUTHOR_EMAIL: 'ipv6@hue.gov.vn',
      GIT_COMMITTER_NAME: 'Hue',
      GIT_COMMITTER_EMAIL: 'ipv6@hue.gov.vn',
    };
    this.git('init', '--quiet', '--initial-branch=main');
  }

  /** Writes a file, with the folders that it is in. */
  public write(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text, { mode });
  }

  /** Runs git; fails where git does. */
  public git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.folder, env: this.env, encoding: 'utf8', stdio: 'pipe' });
  }

  /** Runs a program, whatever comes of it. */
  public run(command: string, ...args: readonly string[]): { readonly code: number | null; readonly out: string } {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: this.folder, env: this.env, encoding: 'utf8' });
    return { code: status, out: stdout + stderr };
  }
}
