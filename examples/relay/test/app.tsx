import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { RelayEnvironmentProvider } from 'react-relay';
import { App } from '../src/App';
import { createEnvironment } from '../src/environment';

export const endpoint: string = import.meta.env.VITE_GRAPHQL_URL;

// renderApp renders the page like main.tsx, but does not log the errors that an error boundary catches.
export function renderApp(url = endpoint) {
  const environment = createEnvironment(url);
  render(
    <RelayEnvironmentProvider environment={environment}>
      <App />
    </RelayEnvironmentProvider>,
    { onCaughtError: () => {} },
  );
  return environment;
}

export const getList = () => screen.getByLabelText('Characters');
export const findAlert = () => screen.findByRole('alert');
export const getNames = () => [...getList().querySelectorAll('strong')].map((name) => name.textContent);

export const searchFor = (text: string) =>
  fireEvent.change(screen.getByLabelText('Search'), { target: { value: text } });

// clickButton clicks a button as soon as it is enabled.
export async function clickButton(name: string) {
  const button = await screen.findByText(name, { selector: 'button' });
  await waitFor(() => {
    if ((button as HTMLButtonElement).disabled) throw new Error(`${name} is disabled`);
  });
  fireEvent.click(button);
}

// waitForStatus waits until the status of the list is the given text.
export function waitForStatus(expected: string) {
  return waitFor(() => {
    const status = document.querySelector('[role=status]')?.textContent;
    if (status !== expected) throw new Error(`the status is ${status}, not ${expected}`);
  });
}

// selectCharacter clicks the character of the given name and returns its section.
export async function selectCharacter(name: string) {
  fireEvent.click(within(getList()).getAllByText(name)[0]!);
  const section = screen.getByLabelText('Character');
  await within(section).findByText('Refresh');
  return section;
}
