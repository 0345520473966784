import { Construct, RootConstruct } from 'constructs';
import { invalidProp, ToolError, UserError } from '../../core/errors';

test.each([UserError, ToolError])('%p says its lines below each other, under its own name', (Kind) => {
  const error = new Kind('terraform is not here.', 'Install it first.');

  expect(error.message).toBe('terraform is not here.\nInstall it first.');
  expect(error.name).toBe(Kind.name);
  expect(error).toBeInstanceOf(Error);
});

test('a mistake of the user is no failure of a tool', () => {
  expect(new UserError('')).not.toBeInstanceOf(ToolError);
});

test('an error about a prop names the construct, the prop, the rule and what it got', () => {
  const scope = new Construct(new Construct(new RootConstruct(), 'hue-production'), 'network');

  const error = invalidProp(scope, 'zones', 'must be 2 to 3', { zones: 9 });

  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toBe('hue-production/network: `zones` must be 2 to 3, got: {"zones":9}');
});
