import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: 'src/**/*.tsx',
  generates: {
    // Types only. The components assign them to their `gql` documents.
    'src/generated/types.ts': {
      plugins: ['typescript', 'typescript-operations'],
      config: {
        onlyOperationTypes: true,
        strictScalars: true,
        scalars: { URL: 'string', DateTime: 'string' },
        enumsAsTypes: true,
        useTypeImports: true,
        avoidOptionals: { field: true, inputValue: false },
        // Apollo adds `__typename` to every selection set except the root's, and masks the fields of fragments.
        nonOptionalTypename: true,
        skipTypeNameForRoot: true,
        inlineFragmentTypes: 'mask',
        customDirectives: { apolloUnmask: true },
      },
    },
    'src/generated/possibleTypes.ts': { plugins: ['fragment-matcher'] },
  },
};

export default config;
