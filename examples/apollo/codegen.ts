import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: 'src/**/*.tsx',
  generates: {
    // Types alone: the documents are the `gql` of the components, which these types are put on.
    'src/generated/types.ts': {
      plugins: ['typescript', 'typescript-operations'],
      config: {
        onlyOperationTypes: true,
        strictScalars: true,
        scalars: { URL: 'string', DateTime: 'string' },
        enumsAsTypes: true,
        useTypeImports: true,
        avoidOptionals: { field: true, inputValue: false },
        // Apollo asks for `__typename` everywhere but at the root, and masks what a fragment asks for.
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
