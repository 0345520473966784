import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { fleetScript } from '../../report/fleet-script';

const FOLDER = join(__dirname, '../../report/browser');
const FILES = readdirSync(FOLDER).map((name) => join(FOLDER, name));

test('every part is in the script', () => {
  const exported = [...FILES.flatMap((file) => ts.sys.readFile(file)!.match(/^function \w+/gm) ?? [])];

  expect(exported.length).toBeGreaterThan(20);
  expect(exported.filter((name) => !fleetScript().includes(name))).toEqual([]);
});

test('it makes no markup of text, runs no text, asks nobody and stores nothing', () => {
  expect(fleetScript()).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(|fetch\(|XMLHttpRequest|import\(['"]h|localStorage|cookie|<\/script/,
  );
});

test('its types are right, those that its data has in the page among them', () => {
  const program = ts.createProgram(FILES, {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    noUnusedParameters: true,
    skipLibCheck: true,
    // Parts of one script, which see what is in the others.
    moduleDetection: ts.ModuleDetectionKind.Legacy,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Preserve,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: ['node'],
  });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file === undefined || FILES.includes(file.fileName))
    .map(({ file, start, messageText }) => {
      const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
      return `${file?.fileName ?? ''}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });

  expect(problems).toEqual([]);
}, 60_000);
