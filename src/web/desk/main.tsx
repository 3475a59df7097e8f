import { render } from 'preact';
import { App } from './App';

const root = document.getElementById('desk');
if (root !== null) render(<App />, root);
