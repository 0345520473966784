import { SaxesParser } from 'saxes';
import { drawTopology } from '../../report/draw';
import { NODE_WORDS, PLACE_WORDS } from '../../report/picture-words';
import { topologyOf } from '../../report/topology';
import { CONTAINER, production } from '../helpers/agency';

const TITLE = { title: 'The way to hue.gov.vn', description: 'A < B & C' };

const draw = (environment: Parameters<typeof production>[0] = {}, language: 'en' | 'vi' = 'en') =>
  drawTopology(topologyOf(production(environment)), language, TITLE);

test('the picture is well-formed, and the same every time', async () => {
  const picture = await draw();
  const tags: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => tags.push(name));
  parser.write(picture).close();

  expect(tags).toEqual(expect.arrayContaining(['svg', 'title', 'desc', 'path', 'text']));
  expect(await draw()).toBe(picture);
});

test('it says in words what it shows, and names nothing of how it is made', async () => {
  const picture = await draw();

  expect(picture).toContain('role="img"');
  expect(picture).toContain('<title>The way to hue.gov.vn</title>');
  expect(picture).toContain('<desc>A &lt; B &amp; C</desc>');
  expect(picture.match(/<title>/g)).toHaveLength(1);
  expect(picture).not.toMatch(/aws_lb\.|<!--|id="/);
});

test('families are told apart by class and by dashes, so without colours too', async () => {
  const picture = await draw();
  const ways = [...picture.matchAll(/<g class="edge ([^"]*)">\s*<path([^>]*)\/>/g)].map(([, name, path]) => [
    name,
    path!.includes('stroke-dasharray'),
  ]);

  expect(ways).toContainEqual(['ipv4', false]);
  expect(ways).toContainEqual(['ipv6', true]);
  expect(picture).not.toMatch(/(fill|stroke)="(?!none)[^"]*"/);
});

test('what is closed ends in a bar instead of an arrow', async () => {
  const closed = await draw({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } } });

  expect(closed).toContain('class="edge ipv6 closed"');
  expect(await draw()).not.toContain('closed');
});

test('boxes are called in the language of the page', async () => {
  expect(await draw({}, 'vi')).toContain('>Người dân<');
  expect(await draw({}, 'en')).toContain('>Citizen<');
});

test('everything that may be drawn has a name in both languages', () => {
  const texts = [...Object.values(NODE_WORDS), ...Object.values(PLACE_WORDS)];

  expect(texts.flatMap(({ en, vi }) => [en, vi]).filter((text) => text.trim() === '')).toEqual([]);
});
