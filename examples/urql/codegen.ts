import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: 'src/**/*.tsx',
  generates: {
    'src/generated/': {
      preset: 'client',
      // The default, `useFragment`, looks like a hook to linters, but it only unmasks a fragment.
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'unmask' } },
      config: {
        strictScalars: true,
        scalars: { URL: 'string', DateTime: 'string' },
        enumsAsTypes: true,
        useTypeImports: true,
        avoidOptionals: { field: true, inputValue: false },
      },
    },
    // The schema for Graphcache: which types implement Node, and which fields are nullable.
    'src/generated/introspection.ts': { plugins: ['urql-introspection'], config: { useTypeImports: true } },
  },
};

export default config;
