import { ApolloProvider } from '@apollo/client/react';
import { configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { expect } from 'vitest';
import { App } from '../src/App';
import { createClient } from '../src/client';
import { endpoint } from './fixtures';

configure({ asyncUtilTimeout: 20_000 });

export const renderApp = (uri = endpoint) =>
  render(
    <ApolloProvider client={createClient(uri)}>
      <App />
    </ApolloProvider>,
  );

// Among 600 items, a query by role is slow. A selector is not.
export const waitForStatus = (text: string) =>
  waitFor(() => expect(document.querySelector('p[role="status"]')?.textContent).toBe(text));
export const getList = () => screen.getByRole('list', { name: 'Characters' });
export const listedIds = () => [...getList().querySelectorAll('button')].map((button) => button.title);
export const loadMore = () => fireEvent.click(screen.getByText('More'));
export const searchFor = (text: string) =>
  fireEvent.change(screen.getByLabelText('Search'), { target: { value: text } });
