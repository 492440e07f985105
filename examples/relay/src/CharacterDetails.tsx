import { graphql, useFragment } from 'react-relay';
import type { CharacterDetails_group$key } from './__generated__/CharacterDetails_group.graphql';
import type { FieldError } from './network';

// The two fields for which HeyGen is asked anew can fail alone, and are null for other reasons too: @catch tells which
// it is. @throwOnFieldError would hide everything for the sake of one, and what it gives, fewer nulls in the types,
// needs a schema with @semanticNonNull.
export function CharacterDetails({ group }: { group: CharacterDetails_group$key }) {
  const { name, status, defaultVoice, looks } = useFragment(
    graphql`
      fragment CharacterDetails_group on AvatarGroup {
        name
        status
        defaultVoice @catch {
          name
        }
        looks(first: 3) @catch {
          nodes {
            id
            name
            readiness {
              state
            }
          }
        }
      }
    `,
    group,
  );
  return (
    <>
      <h2>{name}</h2>
      <p>Status: {status ?? 'not told'}</p>
      {defaultVoice.ok ? <p>Voice: {defaultVoice.value?.name ?? 'none'}</p> : <Failed errors={defaultVoice.errors} />}
      {looks.ok ? (
        <ul aria-label="Looks">
          {looks.value?.nodes.map((look) => (
            <li key={look.id}>
              {look.name}: {look.readiness.state}
            </li>
          ))}
        </ul>
      ) : (
        <Failed errors={looks.errors} />
      )}
    </>
  );
}

function Failed({ errors }: { errors: readonly unknown[] }) {
  const [error] = errors as readonly FieldError[];
  return <p role="alert">{error?.extensions?.message}</p>;
}
