// Sets the chosen theme and writing direction before the first paint, so that the page never flashes in the wrong one.
(() => {
  try {
    const root = document.documentElement;
    const theme = localStorage.getItem('treejar.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    const locale = localStorage.getItem('treejar.locale');
    if (locale === 'ar') root.dir = 'rtl';
    if (locale) root.lang = locale;
  } catch {
    // Storage can be forbidden; the defaults of the page stand then.
  }
})();
