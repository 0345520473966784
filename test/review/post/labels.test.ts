import { labelChanges, LABELS } from '../../../review/post/labels';

const { addOrUpdate, destroy, noChanges } = LABELS;

test('takes off what was ours and is no more, and leaves the labels of others', () => {
  expect(labelChanges([destroy.name], ['bug', noChanges.name])).toEqual({ add: [destroy], remove: [noChanges.name] });
});

test('does nothing where the labels are right', () => {
  expect(labelChanges([addOrUpdate.name], ['bug', addOrUpdate.name])).toEqual({ add: [], remove: [] });
});

test('takes a label in other letters for the same, and names it as it is there', () => {
  expect(labelChanges([addOrUpdate.name], ['Portal6: Add-Or-Update', 'PORTAL6: DESTROY'])).toEqual({
    add: [],
    remove: ['PORTAL6: DESTROY'],
  });
});

test('has labels that both platforms take', () => {
  for (const { name, color, description } of Object.values(LABELS)) {
    expect(name).toMatch(/^portal6: [a-z-]+$/);
    expect(color).toMatch(/^[0-9a-f]{6}$/);
    // GitHub's limit.
    expect(description.length).toBeLessThanOrEqual(100);
  }
});
