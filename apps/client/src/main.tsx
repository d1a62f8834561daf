import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './client.css';
import { ResidentHome } from './shell/resident-home.tsx';
import { keepForOffline } from './offline/keep-for-offline.ts';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ResidentHome />
  </StrictMode>,
);
keepForOffline();
