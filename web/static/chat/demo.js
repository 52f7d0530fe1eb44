// The demo page's questions are asked in the widget; without this they are forms that lead to /chat.

for (const form of document.querySelectorAll("form.offers")) {
  form.addEventListener("submit", (event) => {
    const launcher = document.querySelector("faq-launcher");
    if (!launcher?.ask) return;
    event.preventDefault();
    launcher.ask(event.submitter.value);
  });
}
