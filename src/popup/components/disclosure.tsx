import type { ComponentChildren, JSX } from 'preact';
import { useId, useState } from 'preact/hooks';

interface DisclosureProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A row that opens what lies under it. What is inside is not drawn, and keeps nothing, while it is closed. */
export const Disclosure = ({ label, children }: DisclosureProps): JSX.Element => {
  const [open, setOpen] = useState(false);
  const panelId = useId();
  return (
    <section class="disclosure" aria-label={label}>
      <button
        type="button"
        class="button row disclosure-button"
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
      >
        <span class="button-label">{label}</span>
        <svg class="chevron" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 6l4 4 4-4" />
        </svg>
      </button>
      <div id={panelId} hidden={!open}>
        {open ? children : null}
      </div>
    </section>
  );
};
