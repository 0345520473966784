import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInDirectory, readDirectory } from '../../config/directory';

const directory = readDirectory();
const units = directory.filter(({ kind }) => kind === 'city' || kind === 'province');

/** The 63 provinces and cities of 2022, by their names then. */
const OF_2022 =
  `Hà Nội; Hà Giang; Cao Bằng; Bắc Kạn; Tuyên Quang; Lào Cai; Điện Biên; Lai Châu; Sơn La; Yên Bái; Hòa Bình;
  Thái Nguyên; Lạng Sơn; Quảng Ninh; Bắc Giang; Phú Thọ; Vĩnh Phúc; Bắc Ninh; Hải Dương; Hải Phòng; Hưng Yên; Thái Bình;
  Hà Nam; Nam Định; Ninh Bình; Thanh Hóa; Nghệ An; Hà Tĩnh; Quảng Bình; Quảng Trị; Thừa Thiên Huế; Đà Nẵng; Quảng Nam;
  Quảng Ngãi; Bình Định; Phú Yên; Khánh Hòa; Ninh Thuận; Bình Thuận; Kon Tum; Gia Lai; Đắk Lắk; Đắk Nông; Lâm Đồng;
  Bình Phước; Tây Ninh; Bình Dương; Đồng Nai; Bà Rịa - Vũng Tàu; Hồ Chí Minh; Long An; Tiền Giang; Bến Tre; Trà Vinh;
  Vĩnh Long; Đồng Tháp; An Giang; Kiên Giang; Cần Thơ; Hậu Giang; Sóc Trăng; Bạc Liêu; Cà Mau`
    .split(';')
    .map((name) => name.trim());

test('has the 7 cities and 27 provinces that there are since 30 April 2026', () => {
  expect(units.filter(({ kind }) => kind === 'city')).toHaveLength(7);
  expect(units.filter(({ kind }) => kind === 'province')).toHaveLength(27);
});

test('has the 14 ministries, 3 ministerial agencies and 5 agencies of the Government', () => {
  const count = (kind: string) => directory.filter((entry) => entry.kind === kind).length;

  expect([count('ministry'), count('ministerial-agency'), count('government-agency')]).toEqual([14, 3, 5]);
});

test('takes over each of the 63 provinces of 2022 exactly once', () => {
  const own = units.map(({ slug, name }) =>
    slug === 'hue' ? 'Thừa Thiên Huế' : name.vi.replace(/^(Tỉnh|Thành phố) /, ''),
  );

  expect([...own, ...units.flatMap(({ mergedFrom }) => mergedFrom)].sort()).toEqual([...OF_2022].sort());
});

test.each(['slug', 'code', 'domain'] as const)('gives no %s twice', (key) => {
  const values = directory.map((entry) => entry[key]).filter((value) => value !== undefined);

  expect(new Set(values).size).toBe(values.length);
});

test('gives a code to every province and city, and to nobody else', () => {
  expect(directory.filter(({ code }) => code !== undefined)).toEqual(units);
});

test('names provinces and cities in full, in both languages', () => {
  for (const { kind, name } of units) {
    expect(name.vi).toMatch(kind === 'city' ? /^Thành phố / : /^Tỉnh /);
    expect(name.en).toMatch(kind === 'city' ? /(?<!City) City$/ : / Province$/);
    // The English name is the Vietnamese one without its marks.
    const plain = name.vi.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
    const english = name.en
      .replace(/ (City|Province)$/, '')
      .toLowerCase()
      .replace(/ /g, '');
    expect(plain.toLowerCase().replace(/ /g, '')).toBe((kind === 'city' ? 'thanhpho' : 'tinh') + english);
  }
});

test('is written in Unicode NFC', () => {
  const text = readFileSync(join(__dirname, '../../config/directory.yaml'), 'utf8');

  expect(text).toBe(text.normalize('NFC'));
});

test('finds an agency by its slug, and nothing by another', () => {
  expect(findInDirectory('hue')).toEqual({
    slug: 'hue',
    code: '46',
    name: { vi: 'Thành phố Huế', en: 'Hue City' },
    kind: 'city',
    domain: 'hue.gov.vn',
    mergedFrom: [],
  });
  expect(findInDirectory('saigon')).toBeUndefined();
});
