import { verbatim } from '../../stacks/verbatim';
import { CONTAINER, production } from '../helpers/agency';

test.each([
  ['${file("/etc/passwd")}', '$${file("/etc/passwd")}'],
  ['%{ if true }', '%%{ if true }'],
  ['a ${b} and ${c}', 'a $${b} and $${c}'],
  ['$${a}', '$$${a}'],
  ['100 % of $5 {a}', '100 % of $5 {a}'],
])('%s is written as %s', (text, expected) => {
  expect(verbatim(text)).toBe(expected);
});

test('text is found in lists and maps; all else stays', () => {
  const value = { list: ['${a}', 1, null], map: { inner: '${b}', yes: true }, nothing: undefined };

  expect(verbatim(value)).toEqual({ list: ['$${a}', 1, null], map: { inner: '$${b}', yes: true }, nothing: undefined });
});

test('what a person writes reads nothing of the machine', () => {
  const text = '${file("/etc/passwd")}';
  const portal = {
    ...CONTAINER,
    hosting: { ...CONTAINER.hosting, environment: { MOTD: text } } as typeof CONTAINER.hosting,
    health: { path: '/${path.cwd}' },
  };
  const graph = production({ portals: { portal } });
  const [task] = graph.ofType('aws_ecs_task_definition');
  const [container] = JSON.parse(String(task?.attributes.container_definitions)) as { environment: unknown }[];
  const [targetGroup] = graph.ofType('aws_lb_target_group');

  expect(container?.environment).toEqual([{ name: 'MOTD', value: `$${text}` }]);
  expect(targetGroup?.attributes.health_check).toMatchObject({ path: '/${path.cwd}' });
});
