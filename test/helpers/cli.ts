import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { run } from '../../cli/main';
import type { Io } from '../../cli/io';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process, without a terminal unless `io` says otherwise. */
export async function portal6(argv: readonly string[], io: Partial<Io> = {}): Promise<Outcome> {
  const out = new Sink();
  const err = new Sink();
  const code = await run(argv, { stdin: new PassThrough(), stdout: out, stderr: err, env: {}, ...io });
  return { code, out: out.text, err: err.text };
}

/** What a command writes, kept; `isTTY` as in a terminal. */
export class Sink extends Writable {
  public text = '';

  constructor(public readonly isTTY = false) {
    super({ decodeStrings: false });
  }

  public override _write(chunk: string, _: BufferEncoding, done: () => void): void {
    this.text += chunk;
    done();
  }
}

/** A config folder with these files, by their paths in it; gone after the tests of the file. */
export function configFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'portal6-'));
  folders.push(folder);
  const config = join(folder, 'config');
  mkdirSync(join(config, 'agencies'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(config, path)), { recursive: true });
    writeFileSync(join(config, path), text);
  }
  return config;
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
