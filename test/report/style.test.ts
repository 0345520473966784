import { FLEET_STYLE } from '../../report/fleet-style';
import { STYLE } from '../../report/style';

test.each(['light', 'dark'] as const)('words and lines stand out from the paper in %s', (scheme) => {
  const colours = { ...coloursIn(STYLE)[scheme], ...coloursIn(FLEET_STYLE)[scheme] };

  // WCAG 2.2: 4.5 for text (1.4.3), 3 for lines of a picture (1.4.11).
  for (const ink of ['ink', 'soft', 'good', 'bad', 'warn', 'link', 'ipv4', 'ipv6']) {
    expect([ink, contrast(colours[ink]!, colours.paper!) >= 4.5]).toEqual([ink, true]);
  }
});

function coloursIn(style: string): Record<'light' | 'dark', Record<string, string>> {
  const [light, dark] = [...style.matchAll(/:root\{([^}]*)\}/g)].map(([, text]) => coloursOf(text!));
  return { light: light!, dark: dark! };
}

function coloursOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/--([\w]+):(#[0-9a-f]+)/g)].map(([, name, colour]) => [name, colour]));
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour;
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(digits.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
