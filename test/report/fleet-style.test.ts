import { FLEET_STYLE } from '../../report/fleet-style';

test('the look of the fleet asks nobody for anything', () => {
  expect(FLEET_STYLE).not.toMatch(/@import|url\(|<\//);
});

test('what a language does not show is not there for anybody: neither on a screen nor for its readers', () => {
  expect(FLEET_STYLE).toContain('html[lang=en] .vi,html[lang=vi] .en{display:none}');
});
