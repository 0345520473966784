import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { example } from '../helpers/agencies';
import { ScratchRepo } from '../helpers/scratch-repo';

/**
 * The comments that reviewers get for edits of the example agencies, to be read by people. UPDATE_GOLDEN=1 writes them anew:
 * read what git says of them before it is committed.
 */
const GOLDEN = join(__dirname, '../fixtures/reviews');

/** In place of containers: the portal stays in its data center. */
const GATEWAY = `type: gateway
          origin: { addresses: [10.1.2.3] }
          connection: { transitGateway: tgw-0123456789abcdef0, routes: [10.1.0.0/16] }
`;

const EDITS: Readonly<Record<string, (repo: ScratchRepo) => void>> = {
  'opened-for-ipv4-only': (repo) => repo.edit('langson', ["allow: ['203.0.113.0/24',", "allow: ['0.0.0.0/0',"]),
  'hosting-switched': (repo) =>
    repo.write('config/agencies/hue.yaml', example('hue').replace(/type: container[^]*?(?= {8}health:)/, GATEWAY)),
  'cidr-changed': (repo) => repo.edit('hue', ['ipv4: 10.46.0.0/20', 'ipv4: 10.99.0.0/20']),
  'portal-deleted': (repo) =>
    repo.write('config/agencies/bkhcn.yaml', example('bkhcn').replace(/\n {6}# The back office[^]*$/, '\n')),
  'aaaa-staged': (repo) => repo.edit('hue', ['aaaa: live', 'aaaa: staged']),
  'image-changed': (repo) => repo.edit('hue', ['hue/portal:1.4.2', 'hue/portal:1.4.3']),
  'agency-deleted': (repo) => repo.remove('config/agencies/langson.yaml'),
  'portal-renamed': (repo) => repo.edit('hue', ['      portal:\n', '      cong:\n']),
};

test.each(Object.entries(EDITS))('the comment for %s is as it was read', async (name, edit) => {
  const repo = new ScratchRepo(['bkhcn', 'hue', 'langson']);
  repo.branch('change');
  edit(repo);
  repo.commit();
  const { out, err } = await repo.run(['review', '--base', 'main', '--format', 'markdown']);
  const file = join(GOLDEN, `${name}.md`);
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(file, masked(out));
  }

  expect(err).toBe('');
  expect(masked(out)).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
});

test('there is no comment but of these edits', () => {
  expect(readdirSync(GOLDEN).sort()).toEqual(
    Object.keys(EDITS)
      .map((name) => `${name}.md`)
      .sort(),
  );
});

/** Without what is another each time. */
function masked(text: string): string {
  return text
    .replace(/<sub>.*<\/sub>/, '<sub>main (1a2b3c4d) → 5e6f7a8b, 2026-11-24T00:00:00.000Z</sub>')
    .replace(/\b[0-9a-f]{64}\b/g, '0'.repeat(64));
}
