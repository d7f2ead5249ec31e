"use strict";
(() => {
  const token = document.querySelector("meta[name=token]").content;
  const say = (text) => { document.querySelector("#status").textContent = text; };
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const unsaved = new Set();

  document.addEventListener("input", (event) => {
    const field = event.target.closest("[data-field]");
    if (field) unsaved.add(field);
  });
  addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });

  const send = async (field, confirmed) => {
    const body = {
      address: field.dataset.field,
      text: field.querySelector("textarea").value,
      author: field.querySelector("[name=author]").value,
      reach: field.querySelector("[name=reach]").value,
      confirmed,
    };
    const headers = { "Content-Type": "application/json", "X-Srez": token };
    const answer = await fetch("/api/1/texts", { method: "PUT", headers, body: JSON.stringify(body) });
    if (answer.ok) {
      unsaved.delete(field);
      if (confirmed) for (const note of field.querySelectorAll(".note, [data-confirm]")) note.remove();
      return say("Записано. В документах — после следующего составления.");
    }
    const error = (await answer.json().catch(() => null))?.error;
    say(capital(error ? error.text + (error.hint ? ". Что делать: " + error.hint : "") : "не записано (" + answer.status + ")"));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save], [data-confirm]");
    if (!button) return;
    const field = button.closest("[data-field]");
    send(field, "confirm" in button.dataset).catch(() => say("Программа не отвечает: текст не записан, не закрывайте страницу."));
  });
})();
