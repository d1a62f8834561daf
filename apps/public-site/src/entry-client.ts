import './site.css';

// Everything works without this file. With it: a larger type that is remembered, and nothing else.
const key = 'sunlit.large';
const button = document.querySelector<HTMLButtonElement>('button[data-large]');

function show(large: boolean): void {
  document.documentElement.classList.toggle('large', large);
  button?.setAttribute('aria-pressed', String(large));
}

if (button) {
  button.hidden = false;
  show(localStorage.getItem(key) === '1');
  button.addEventListener('click', () => {
    const large = !document.documentElement.classList.contains('large');
    localStorage.setItem(key, large ? '1' : '0');
    show(large);
  });
}
