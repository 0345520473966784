import { FAMILY_COLOURS, OTHER_COLOURS } from '../../core/colours';

/** https://jfly.uni-koeln.de/color/ */
const OKABE_ITO = ['#000000', '#E69F00', '#56B4E9', '#009E73', '#F0E442', '#0072B2', '#D55E00', '#CC79A7'];

test('the colours are those of a palette that everybody can tell apart, each for one thing', () => {
  const used = [...Object.values(FAMILY_COLOURS), ...OTHER_COLOURS];

  expect(OKABE_ITO).toEqual(expect.arrayContaining(used));
  expect(new Set(used).size).toBe(used.length);
});

test('the families keep their colours: people know them by heart', () => {
  expect(FAMILY_COLOURS).toEqual({ ipv4: '#0072B2', ipv6: '#D55E00' });
});
