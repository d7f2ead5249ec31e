"use strict";
(() => {
  const token = document.querySelector("meta[name=token]").content;
  const side = document.querySelector("#side");
  const say = (text) => { document.querySelector("#status").textContent = text; };
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  // what is typed and not written down yet, by address: another field may be looked at meanwhile
  const drafts = new Map();
  const values = (form) => ({ text: form.elements.text.value, author: form.elements.author.value, reach: form.elements.reach.value });

  // a field has come into the pane
  new MutationObserver(() => {
    const form = side.querySelector("form[data-field]");
    if (!form || form.dataset.seen) return;
    form.dataset.seen = "1";
    const draft = drafts.get(form.dataset.field);
    if (draft) for (const [name, value] of Object.entries(draft)) form.elements[name].value = value;
    if (!form.elements.author.value) form.elements.author.value = localStorage.getItem("author") || "";
  }).observe(side, { childList: true });

  side.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-field]");
    if (form) drafts.set(form.dataset.field, values(form));
  });
  addEventListener("beforeunload", (event) => { if (drafts.size) event.preventDefault(); });

  const send = async (form, text, confirmed) => {
    const body = { ...values(form), address: form.dataset.field, text, confirmed };
    const headers = { "Content-Type": "application/json", "X-Srez": token };
    const answer = await fetch("/api/1/texts", { method: "PUT", headers, body: JSON.stringify(body) });
    if (answer.ok) {
      drafts.delete(form.dataset.field);
      if (body.author) localStorage.setItem("author", body.author);
      // the list is read anew, with the same field chosen
      return location.reload();
    }
    const error = (await answer.json().catch(() => null))?.error;
    say(capital(error ? error.text + (error.hint ? ". Что делать: " + error.hint : "") : "не записано (" + answer.status + ")"));
  };
  const attempt = (sent) => sent.catch(() => say("Программа не отвечает: текст не записан, не закрывайте страницу."));

  side.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-field]");
    if (!form) return;
    event.preventDefault();
    attempt(send(form, form.elements.text.value, false));
  });
  side.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm], [data-withdraw]");
    if (!button) return;
    const form = button.closest("form[data-field]");
    attempt(send(form, "withdraw" in button.dataset ? "" : form.elements.text.value, "confirm" in button.dataset));
  });
})();
