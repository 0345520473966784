import { probedNames } from '../../../policy/facts/probes';
import { readStackJson } from '../../../policy/sources/stack-json';
import { CONTAINER, production } from '../../helpers/agency';

test.each<[string, unknown, string[]]>([
  ['a portal that is live', '{"host":"Hue.gov.vn"}', ['hue.gov.vn']],
  ['a portal that is staged', '{"host":"hue.gov.vn","lookup":"v6.hue.gov.vn"}', ['v6.hue.gov.vn']],
  ['an event made of other resources', '{"host":"hue.gov.vn","x":"${aws_lb.x.arn}"}', ['hue.gov.vn']],
  ['another schedule', '{"job":"backup"}', []],
  ['no event', undefined, []],
  ['no JSON', 'ping', []],
])('%s', (_, input, expected) => {
  const graph = readStackJson({ resource: { aws_scheduler_schedule: { s: { target: { input } } } } });

  expect([...probedNames(graph)]).toEqual(expected);
});

test('a portal6 stack asks for the staged name until the portal is live', () => {
  const staged = production({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } } });

  expect([...probedNames(staged)]).toEqual(['v6.portal.hue.gov.vn']);
  expect([...probedNames(production({ portals: { portal: CONTAINER } }))]).toEqual(['portal.hue.gov.vn']);
});
