import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { RelayEnvironmentProvider } from 'react-relay';
import { App } from '../src/App';
import { createEnvironment } from '../src/environment';

export const endpoint: string = import.meta.env.VITE_GRAPHQL_URL;

// open renders the page as main.tsx does. What an error boundary catches React says on the console, too: not here.
export function open(url = endpoint) {
  const environment = createEnvironment(url);
  render(
    <RelayEnvironmentProvider environment={environment}>
      <App />
    </RelayEnvironmentProvider>,
    { onCaughtError: () => {} },
  );
  return environment;
}

export const list = () => screen.getByLabelText('Characters');
export const alert = () => screen.findByRole('alert');
export const names = () => [...list().querySelectorAll('strong')].map((name) => name.textContent);

// press clicks a button as soon as it can be pressed.
export async function press(name: string) {
  const button = await screen.findByText(name, { selector: 'button' });
  await waitFor(() => {
    if ((button as HTMLButtonElement).disabled) throw new Error(`${name} is disabled`);
  });
  fireEvent.click(button);
}

// shows waits until the list says so.
export function shows(text: string) {
  return waitFor(() => {
    const said = document.querySelector('[role=status]')?.textContent;
    if (said !== text) throw new Error(`${said}, not ${text}`);
  });
}

// choose clicks the character of this name and gives its section.
export async function choose(name: string) {
  fireEvent.click(within(list()).getAllByText(name)[0]!);
  const section = screen.getByLabelText('Character');
  await within(section).findByText('Refresh');
  return section;
}
