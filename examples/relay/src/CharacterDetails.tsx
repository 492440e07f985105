import { graphql, useFragment } from 'react-relay';
import type { CharacterDetails_group$key } from './__generated__/CharacterDetails_group.graphql';
import type { FieldError } from './network';

// `defaultVoice` and `looks` each cost another call to HeyGen, so they can fail alone. They are also null for other
// reasons: @catch distinguishes the two. @throwOnFieldError would hide the whole character when one field fails. Its
// benefit, fewer nullable types, needs a schema with @semanticNonNull.
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
            aspectRatio
            previewImageUrl
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
      <p>Status: {status ?? 'not available'}</p>
      {defaultVoice.ok ? (
        <p>Voice: {defaultVoice.value?.name ?? 'none'}</p>
      ) : (
        <FieldErrorMessage errors={defaultVoice.errors} />
      )}
      {looks.ok ? (
        <ul aria-label="Looks">
          {looks.value?.nodes.map((look) => (
            <li key={look.id}>
              {/* The ratio reserves the space of the image before it is loaded. */}
              {look.previewImageUrl && (
                <img
                  src={look.previewImageUrl}
                  alt=""
                  loading="lazy"
                  style={{ aspectRatio: look.aspectRatio ?? 1, height: 64, width: 'auto' }}
                />
              )}
              {look.name}: {look.readiness.state}
            </li>
          ))}
        </ul>
      ) : (
        <FieldErrorMessage errors={looks.errors} />
      )}
    </>
  );
}

function FieldErrorMessage({ errors }: { errors: readonly unknown[] }) {
  const [error] = errors as readonly FieldError[];
  return <p role="alert">{error?.extensions?.message}</p>;
}
