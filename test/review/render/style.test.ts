import { painted } from '../../../review/render/style';
import { MARKED } from '../../helpers/colors';

test('lines of a diff have the colors that diffs have', () => {
  expect(painted('@@ a @@\n- b\n+ c\n! d\n# e\nf', MARKED)).toBe(
    '<cyan>@@ a @@</>\n<red>- b</>\n<green>+ c</>\n<yellow>! d</>\n<dim># e</>\nf',
  );
});
