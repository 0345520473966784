import { githubReport } from '../../../policy/reporters/github';
import { context, finding, OF_EACH_KIND, report } from '../../helpers/report';

test('puts each finding beside its line, worst first', () => {
  const commands = commandsIn(githubReport(report(OF_EACH_KIND), context()));

  expect(commands).toEqual([
    {
      name: 'error',
      properties: {
        file: 'config/agencies/hue.yaml',
        line: '18',
        col: '7',
        title: 'V6-RT-001: A table that leads IPv4 to the Internet leads IPv6 there, too',
      },
      message:
        'hue-production, aws_route_table.public: 0.0.0.0/0 leads to the internet gateway, but there is no route for ::/0\n' +
        'Fix: Add a route with `destination_ipv6_cidr_block = "::/0"`.',
    },
    expect.objectContaining({ name: 'warning' }),
    {
      name: 'notice',
      properties: { file: 'plan.json', title: expect.stringContaining('V6-RT-001') as string },
      message: expect.stringContaining('aws_route_table.noticed') as string,
    },
  ]);
});

test('nothing that a user wrote ends the command or begins another', () => {
  const odd = finding({
    source: { file: 'a,line=1::b%.yaml', line: 2 },
    message: 'done\r\n::stop-commands::x 100%',
    address: 'aws_vpc.main["a::b,c"]',
  });
  const text = githubReport(report([odd]), context({ rules: [] }));

  expect(text.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1);
  expect(commandsIn(text)).toEqual([
    {
      name: 'error',
      properties: { file: 'a,line=1::b%.yaml', line: '2', col: '1', title: 'V6-RT-001' },
      message: `hue-production, aws_vpc.main["a::b,c"]: done\r\n::stop-commands::x 100%\nFix: ${odd.fix}`,
    },
  ]);
});

test('shows ten of each type, as GitHub does, and says how many more there are', () => {
  const many = Array.from({ length: 13 }, (_, index) => finding({ address: `aws_vpc.v${index + 10}` }));
  const text = githubReport(report([...many, finding({ severity: 'notice' })]), context());

  expect(commandsIn(text).map(({ name }) => name)).toEqual([...Array<string>(10).fill('error'), 'notice']);
  expect(text.trim().split('\n').at(-1)).toBe(
    'Not passed: 13 errors, 1 notice (1 stack, 113 resources, 1 portal); not shown here: 3 errors (GitHub shows 10 of each)',
  );
});

/** As the runner reads them (its ActionCommand): properties up to `::`, each unescaped on its own. */
function commandsIn(text: string): { name: string; properties: Record<string, string>; message: string }[] {
  return text.split('\n').flatMap((line) => {
    if (!line.startsWith('::')) return [];
    const end = line.indexOf('::', 2);
    const [name, ...rest] = line.slice(2, end).split(' ');
    const properties = rest
      .join(' ')
      .split(',')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), unescape(pair.slice(pair.indexOf('=') + 1))] as const);
    return [{ name: name!, properties: Object.fromEntries(properties), message: unescape(line.slice(end + 2)) }];
  });
}

function unescape(text: string): string {
  const map: Record<string, string> = { '%3A': ':', '%2C': ',', '%0D': '\r', '%0A': '\n', '%25': '%' };
  return text.replace(/%(3A|2C|0D|0A|25)/g, (code) => map[code]!);
}
