import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import ts from 'typescript';
import { probeZip } from '../../../../constructs/health/probe/asset';

const root = join(__dirname, '../../../..');
const inDist = 'constructs/health/probe';
const compiled = compile(join(root, inDist, 'handler.ts'));

let work: string;
let zip: Buffer;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'portal6-probe-'));
  zip = build('one', compiled, 'Asia/Ho_Chi_Minh');
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the zip', () => {
  test('has the same bytes wherever, whenever and from whichever line endings it is built', () => {
    const other = build('two', compiled.replaceAll('\n', '\r\n'), 'America/St_Johns');

    expect(other.equals(zip)).toBe(true);
  });

  test('stores the file without compression, readable for Lambda', () => {
    const directory = zip.indexOf('PK\x01\x02');

    expect(zip.readUInt16LE(directory + 10)).toBe(0);
    expect(zip.readUInt32LE(directory + 38) >>> 16).toBe(0o100644);
  });

  test('holds the compiled handler and nothing else', () => {
    const files = unzipSync(zip);

    expect(Object.keys(files)).toEqual(['index.js']);
    expect(text(files['index.js'])).toBe(compiled);
  });

  test('holds no path of the machine and no source map, and needs only what Node.js brings', () => {
    const required = [...compiled.matchAll(/require\("([^"]*)"\)/g)].map(([, name]) => name);

    expect(compiled).not.toContain(root);
    expect(compiled).not.toContain('sourceMappingURL');
    expect(required.sort()).toEqual(['node:dns', 'node:https', 'node:net']);
  });

  test('exports a handler that runs where nothing else is installed', () => {
    const folder = join(work, 'lambda');
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.js'), unzipSync(zip)['index.js'] ?? '');
    const invoke = "require('./index.js').handler({}).catch((error) => console.log(error.message))";

    const output = execFileSync(process.execPath, ['-e', invoke], { cwd: folder, encoding: 'utf8' });

    expect(output).toBe('portal6-probe: `portal` must be 1 to 255 printable ASCII characters, got: undefined\n');
  });
});

describe('probeZip', () => {
  test('finds the built zip from the sources, and it is of these sources: else run `npm run build`', () => {
    const { path } = probeZip();

    expect(path).toBe(join(root, 'dist', inDist, 'probe.zip'));
    expect(text(unzipSync(readFileSync(path))['index.js'])).toBe(compiled);
  });

  test('finds the same zip from dist/', () => {
    const output = execFileSync(
      process.execPath,
      ['-p', `JSON.stringify(require('./dist/${inDist}/asset.js').probeZip())`],
      { cwd: root, encoding: 'utf8' },
    );

    expect(JSON.parse(output)).toEqual(probeZip());
  });

  test('gives the start of the SHA-256 of the bytes', () => {
    const folder = join(work, 'package');
    mkdirSync(join(folder, 'dist', inDist), { recursive: true });
    writeFileSync(join(folder, 'dist', inDist, 'probe.zip'), zip);

    expect(probeZip(folder)).toEqual({
      path: join(folder, 'dist', inDist, 'probe.zip'),
      hash: createHash('sha256').update(zip).digest('hex').slice(0, 32),
    });
  });

  test('fails with what to run when nothing is built', () => {
    const missing = join(work, 'dist', inDist, 'probe.zip');

    expect(() => probeZip(work)).toThrow(
      new Error(`The IPv6 probe is not built: ${missing} is missing. Run: npm run build`),
    );
  });
});

function build(name: string, code: string, timeZone: string): Buffer {
  const folder = join(work, name, inDist);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'handler.js'), code);
  execFileSync(process.execPath, [join(root, 'scripts/build-probe.js'), join(work, name)], {
    env: { ...process.env, TZ: timeZone },
  });
  return readFileSync(join(folder, 'probe.zip'));
}

/** What `npm run build` makes of one file, without waiting for the others. */
function compile(file: string): string {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    fileName: file,
    compilerOptions: { ...options, noEmit: false },
  });
  return outputText;
}

function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}
