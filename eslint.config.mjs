import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What each folder may not import; `ARCHITECTURE.md` has the picture, `test/layout.test.ts` holds it too. */
const ARROWS = {
  core: [/config/, /constructs/, /stacks/, /policy/, /report/, /review/, /testing/, /cli/],
  config: [/constructs/, /stacks/, /policy/, /report/, /review/, /testing/, /cli/],
  constructs: [/config/, /stacks/, /policy/, /report/, /review/, /testing/, /cli/],
  stacks: [/policy/, /report/, /review/, /testing/, /cli/],
  policy: [/config/, /constructs/, /stacks/, /report/, /review/, /testing/, /cli/],
  testing: [/config/, /constructs/, /stacks/, /report/, /review/, /cli/],
  report: [/config/, /constructs/, /stacks/, /review/, /testing/, /cli/],
  review: [/config/, /constructs/, /stacks/, /report/, /testing/, /cli/],
};

const WHY = {
  core: 'core is imported by all and imports nothing of ours.',
  config: 'config describes; it never builds.',
  constructs: 'Constructs take props; they never see config.',
  stacks: 'Stacks are where config meets constructs; they never look at the result.',
  policy: 'Policy reads JSON; it never sees what made it.',
  testing: 'Matchers judge JSON, as policy does.',
  report: 'Reports read JSON and what they are given; they never see what made it.',
  review: 'A review compares JSON and what it is given; it never sees what made it.',
};

const packages = {
  paths: [
    {
      name: '@cdktf/provider-aws',
      message: 'Import one resource: @cdktf/provider-aws/lib/<resource>. The barrel costs seconds and 800 MB.',
    },
  ],
  patterns: [
    { group: ['constructs/*'], message: 'Our folder is relative (../constructs/...); bare is the npm package.' },
  ],
};

function arrow(folder) {
  const forbidden = ARROWS[folder].map(({ source }) => source).join('|');
  return {
    files: [`${folder}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          ...packages,
          patterns: [...packages.patterns, { regex: `^(\\.\\./)+(${forbidden})/`, message: WHY[folder] }],
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist/', 'cdktf.out/', 'node_modules/', 'bench/node_modules/', 'coverage/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/member-ordering': [
        'error',
        {
          default: [
            'public-static-field',
            'public-static-method',
            'private-static-field',
            'private-static-method',
            'public-field',
            'private-field',
            'constructor',
            'public-get',
            'public-method',
            'private-method',
          ],
        },
      ],
      '@typescript-eslint/no-restricted-imports': ['error', packages],
      '@typescript-eslint/no-shadow': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  ...Object.keys(ARROWS).map(arrow),
  {
    // What takes long to load is loaded when it is called for; Graphviz's types know it as an ES module alone.
    files: ['cli/**/*.ts', 'report/draw.ts'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['main.ts', 'bench/**', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        __dirname: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // Parts of one script, which name what they have of each other in comments.
    files: ['report/browser/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: Object.fromEntries(
        ['document', 'window', 'location', 'Node', 'HTMLTemplateElement', 'FormData'].map((name) => [name, 'readonly']),
      ),
    },
    rules: { '@typescript-eslint/no-unused-vars': ['error', { vars: 'local' }] },
  },
);
