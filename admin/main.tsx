/** Starts the admin: preferences first, then who is signed in, then the page. */
import { render } from 'preact';
import { App } from './app/app.tsx';
import { restorePreferences } from './app/preferences.ts';
import { startClock } from './lib/clock.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/fields.css';
import './styles/feedback.css';
import './styles/shell.css';
import './styles/tabs.css';
import './styles/list.css';
import './styles/conversation.css';
import './styles/chat.css';
import './styles/composer.css';
import './styles/timeline.css';
import './styles/lanes.css';
import './styles/step-details.css';
import './styles/facts.css';
import './styles/pages.css';
import './styles/phones.css';

await restorePreferences();
startClock();
const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app to render into; rebuild the admin');
render(<App />, root);
