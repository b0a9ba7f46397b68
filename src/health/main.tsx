import { render } from 'preact';
import { askHealth } from '../browser/popup-transport.ts';
import { translate } from '../browser/translate.ts';
import { HealthApp } from './health-app.tsx';

const place = document.querySelector('#app');
if (place === null) throw new Error('index.html has no #app');
document.title = translate('health_heading');
document.documentElement.lang = translate('ui_locale');
render(<HealthApp ask={askHealth} t={translate} />, place);
