// Alt+Shift+L locks at once, in every browser; the button and its access key work without this.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.code !== "KeyL") return;
  const form = document.querySelector('form[action="/vergrendelen"]');
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});
