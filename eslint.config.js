import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'coverage/lcov-report', 'bin', '**/*.js', '**/*.cjs'] },
  tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Numbers in messages are the point of many diagnostics.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Narrow interfaces are implemented by methods that need no await.
      '@typescript-eslint/require-await': 'off',
      // `return this.#refuse(...)` ends a branch of a void function in one line.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreVoidReturningFunctions: true, ignoreArrowShorthand: true },
      ],
      // noUncheckedIndexedAccess makes indexing checked; `!` after a bound check is the clear form in the codec.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['test/**', 'cli/**', 'examples/**', 'bench/**', 'build.ts'], rules: { 'no-console': 'off' } },
);
