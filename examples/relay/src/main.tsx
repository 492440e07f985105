import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider } from 'react-relay';
import { App } from './App';
import { createEnvironment } from './environment';
import './page.css';

const environment = createEnvironment(import.meta.env.VITE_GRAPHQL_URL ?? 'http://127.0.0.1:8080/graphql');

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <RelayEnvironmentProvider environment={environment}>
      <App />
    </RelayEnvironmentProvider>
  </StrictMode>,
);
