import { graphql } from './gql';
import { subscribe } from './subscribe';

export const CharacterTraining = graphql(`
  subscription CharacterTraining($id: ID!) {
    avatarGroupChanged(id: $id) {
      name
      status
      error {
        message
      }
    }
  }
`);

/** Yields the state of a character at once, then each change, until its training ends. Null: it does not exist. */
export async function* watchTraining(id: string) {
  for await (const { avatarGroupChanged } of subscribe(CharacterTraining, { id })) yield avatarGroupChanged;
}
