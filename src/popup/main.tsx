import { render } from 'preact';
import { createPopupTransport } from '../browser/popup-transport.ts';
import { translate } from '../browser/translate.ts';
import { PopupApp } from './popup-app.tsx';

const place = document.querySelector('#app');
if (place === null) throw new Error('index.html has no #app');
document.title = translate('extension_name');
document.documentElement.lang = translate('ui_locale');
render(<PopupApp transport={createPopupTransport()} t={translate} clock={Date.now} />, place);
