import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../words-context.ts';

/** All that Holdfast ever runs in a kernel beside its cell, to be read. Loaded when it is opened: it is long. */
export const KernelCode = (): JSX.Element => {
  const t = useWords();
  const [code, setCode] = useState('');
  useEffect(() => {
    void import('../../core/reach/reach-program.ts').then(({ REACH_SOURCE }) => setCode(REACH_SOURCE.trim()));
  }, []);
  return (
    <pre class="kernel-code" tabIndex={0} aria-label={t('save_code_label')}>
      {code}
    </pre>
  );
};
