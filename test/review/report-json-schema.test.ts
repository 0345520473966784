import Ajv from 'ajv/dist/2020';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffStack } from '../../review/diff';
import { reportSchemaTexts } from '../../review/report-json-schema';
import { findingWith, reviewWith, stackReview } from '../helpers/reviews';
import { designed } from '../helpers/snapshots';

const ajv = new Ajv({ formats: { 'date-time': true } });

const validator = (name: string) => ajv.compile(JSON.parse(reportSchemaTexts()[name]!) as object);

const isDiff = validator('diff.schema.json');
const isReview = validator('review.schema.json');

const [before, after] = [designed(), designed({ network: { ipv4: '10.47.0.0/20' } })];

test.each(Object.keys(reportSchemaTexts()))('docs/%s is what the schema says; npm run reference writes it', (name) => {
  const file = join(__dirname, '../../docs', name);

  expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(reportSchemaTexts()[name]);
});

test('a diff and a review are what their schemas say', () => {
  isDiff(JSON.parse(JSON.stringify({ version: 1, base: 'a', head: 'b', stacks: [diffStack(before, after)], same: 0 })));
  isReview(
    JSON.parse(JSON.stringify(reviewWith({ stacks: [stackReview(before, after)!], findings: [findingWith()] }))),
  );

  expect([isDiff.errors, isReview.errors]).toEqual([null, null]);
});

test('the schemas refuse what is not in them', () => {
  expect(isReview({ ...reviewWith(), more: 1 })).toBe(false);
  expect(isDiff({ version: 2, base: 'a', head: 'b', stacks: [], same: 0 })).toBe(false);
});
