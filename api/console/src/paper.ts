// Paper cannot be clicked: what is folded on the screen is unfolded while it is printed.
import { onBeforeUnmount, onMounted, type Ref } from 'vue';

export function unfoldOnPaper(root: Ref<HTMLElement | undefined>) {
  let unfolded: HTMLDetailsElement[] = [];

  function unfold() {
    unfolded = [...(root.value?.querySelectorAll<HTMLDetailsElement>('details:not([open])') ?? [])];
    for (const details of unfolded) details.open = true;
  }
  function fold() {
    for (const details of unfolded) details.open = false;
    unfolded = [];
  }

  onMounted(() => {
    window.addEventListener('beforeprint', unfold);
    window.addEventListener('afterprint', fold);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('beforeprint', unfold);
    window.removeEventListener('afterprint', fold);
  });
}
