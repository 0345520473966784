/**
 * Metric math for one period, as far as alarms and dashboards use it: numbers, metrics by their names, + - * /, >= and >,
 * IF and FILL. What is computed from a missing datapoint is missing
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
 *
 * @param series what CloudWatch has of each metric in the period; nothing where nothing was counted
 */
export function evaluate(expression: string, series: Readonly<Partial<Record<string, number>>>): number | undefined {
  const tokens = expression.match(/[A-Za-z]\w*|\d+(?:\.\d+)?|>=|[-+*/(),>]/g)!;
  expect(tokens.join('')).toBe(expression.replaceAll(' ', ''));

  const take = (expected?: string): string => {
    const token = tokens.shift();
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`${expected}, not ${token}`);
    return token;
  };
  const both = (
    a: number | undefined,
    b: number | undefined,
    compute: (a: number, b: number) => number,
  ): number | undefined => (a === undefined || b === undefined ? undefined : compute(a, b));

  const operand = (): number | undefined => {
    const token = take();
    if (token === '(') {
      const value = comparison();
      take(')');
      return value;
    }
    if (token === 'FILL' || token === 'IF') {
      const [first, second, third] = parameters();
      if (token === 'FILL') return first ?? second;
      return first === undefined ? undefined : first ? second : third;
    }
    if (/^\d/.test(token)) return Number(token);
    if (!/^[a-z]\w*$/.test(token)) throw new Error(`unknown: ${token}`);
    return series[token];
  };
  const parameters = (): (number | undefined)[] => {
    const values: (number | undefined)[] = [];
    take('(');
    do values.push(comparison());
    while (take() === ',');
    return values;
  };
  const product = (): number | undefined => {
    let value = operand();
    while (tokens[0] === '*' || tokens[0] === '/') {
      const times = take() === '*';
      value = both(value, operand(), (a, b) => (times ? a * b : a / b));
    }
    return value;
  };
  const sum = (): number | undefined => {
    let value = product();
    while (tokens[0] === '+' || tokens[0] === '-') {
      const plus = take() === '+';
      value = both(value, product(), (a, b) => (plus ? a + b : a - b));
    }
    return value;
  };
  const comparison = (): number | undefined => {
    const value = sum();
    if (tokens[0] !== '>=' && tokens[0] !== '>') return value;
    const orEqual = take() === '>=';
    return both(value, sum(), (a, b) => (a > b || (orEqual && a === b) ? 1 : 0));
  };

  const result = comparison();
  expect(tokens).toEqual([]);
  return result;
}
