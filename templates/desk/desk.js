"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.documentElement;
  const page = document.body.dataset.page;
  const say = (text) => { const status = one("#status"); if (status) status.textContent = text; };

  // the door: the ticket stands behind #, so no log and no other page ever sees it
  if (page === "in") {
    const ticket = location.hash.slice(1);
    history.replaceState(null, "", "/in");
    const closed = () => say("Вход закрыт. Запустите «срез» ещё раз: программа откроет эту страницу сама.");
    if (!ticket) return closed();
    fetch("/api/1/enter", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ticket }) })
      .then((answer) => { if (answer.ok) location.replace("/"); else closed(); }, closed);
    return;
  }

  const token = one("meta[name=token]").content;
  const call = async (method, address, body, type = "application/json") => {
    const sent = type === "application/json" ? JSON.stringify(body ?? {}) : body;
    const answer = await fetch(address, { method, headers: { "Content-Type": type, "X-Srez": token }, body: sent });
    if (answer.ok) return answer;
    const words = await answer.json().catch(() => null);
    const error = words?.error;
    throw new Error(error ? error.text + (error.hint ? ". Что делать: " + error.hint : "") : "не удалось (" + answer.status + ")");
  };
  const attempt = (promise) => promise.catch((error) => say(capital(error.message)));
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // the clock of this computer, for what she decides
  const two = (number) => String(number).padStart(2, "0");
  const now = () => { const at = new Date(); return at.getFullYear() + "-" + two(at.getMonth() + 1) + "-" + two(at.getDate()) + " " + two(at.getHours()) + ":" + two(at.getMinutes()); };

  // theme: that of the system, or the one she chose
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
  const theme = one(".theme");
  const named = () => { theme.textContent = dark() ? "Светлая тема" : "Тёмная тема"; };
  const kept = localStorage.getItem("theme");
  if (kept) root.dataset.theme = kept;
  theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; localStorage.setItem("theme", root.dataset.theme); named(); });
  named();

  // every button that is only a call
  document.addEventListener("click", (event) => {
    const it = event.target.closest("button");
    if (!it || it.getAttribute("aria-disabled") === "true") return;
    const data = it.dataset;
    if (data.post) attempt(call("POST", data.post).then(() => { if (data.then) location.assign(data.then); else look(); }));
    if (data.open) attempt(call("POST", "/api/1/open", data.open));
    if (data.openDocument) attempt(call("POST", "/api/1/open", { document: data.openDocument }));
    if (data.openFile) attempt(call("POST", "/api/1/open", { file: data.openFile }));
    if (data.workspace) attempt(call("POST", "/api/1/workspaces", { name: data.workspace, sample: "sample" in data }).then(() => location.assign("/priem")));
    if (data.decide) attempt(call("POST", "/api/1/decisions", { file: data.file, kind: data.decide, over: data.over, form: one("#form")?.value, at: now() }).then(settled));
    if (data.undo) attempt(call("DELETE", "/api/1/decisions/" + data.undo, { at: now() }).then(settled));
    if (data.choose) one("#" + data.choose).click();
    if ("quit" in data) attempt(call("POST", "/api/1/quit").then(() => { ended = true; say("Работа завершена. Страницу можно закрыть."); }));
  });
  one("#place")?.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(call("POST", "/api/1/workspaces", { name: one("#name").value }).then(() => location.assign("/priem")));
  });
  one("#settings")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = all("input", event.target).filter((input) => input.value !== input.dataset.was).map((input) => [input.name, input.value]);
    const form = event.target;
    attempt(call("PATCH", "/api/1/settings", { values, version: form.dataset.version }).then((answer) => answer.json()).then((answer) => { form.dataset.version = answer.version; for (const input of all("input", event.target)) input.dataset.was = input.value; say("Настройки записаны."); }));
  });

  // the table of files
  const bindTable = () => {
    const rows = all("#lines tbody tr[data-id]");
    if (!rows.length) return;
    rows[0].tabIndex = 0;
    const choose = async (row) => {
      for (const other of rows) { other.setAttribute("aria-selected", String(other === row)); other.tabIndex = other === row ? 0 : -1; }
      const answer = await fetch("/" + page + "/" + row.dataset.id);
      if (!answer.ok) return;
      one("#side").innerHTML = await answer.text();
      history.replaceState(null, "", "#" + row.dataset.id);
    };
    // after a decision the page is read anew, with the same file chosen
    const chosen = rows.find((row) => "#" + row.dataset.id === location.hash);
    if (chosen) { rows[0].tabIndex = -1; attempt(choose(chosen)); chosen.scrollIntoView({ block: "nearest" }); }
    const shown = () => rows.filter((row) => !row.hidden);
    for (const row of rows) row.addEventListener("click", () => attempt(choose(row)));
    one("#lines").addEventListener("keydown", (event) => {
      const row = event.target.closest("tr[data-id]");
      const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -1e6, End: 1e6 }[event.key];
      if (!row || !move) return;
      event.preventDefault();
      const list = shown();
      const next = list[Math.min(list.length - 1, Math.max(0, list.indexOf(row) + move))];
      next?.focus();
      if (next) attempt(choose(next));
    });
    const filter = () => {
      const group = one(".tabs [aria-pressed=true]").dataset.show;
      const words = one("#find").value.toLowerCase().trim();
      const left = new Set();
      for (const row of rows) {
        row.hidden = (group !== "all" && row.dataset.group !== group) || !row.dataset.find.includes(words);
        if (!row.hidden) left.add(row.dataset.head ?? row.dataset.group);
      }
      for (const head of all("#lines tr.group")) head.hidden = !left.has(head.dataset.group);
    };
    if (!one(".tabs")) return;
    one(".tabs").onclick = (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      for (const other of all(".tabs button")) other.setAttribute("aria-pressed", String(other === button));
      filter();
    };
    one("#find").oninput = filter;
  };
  if (page === "priem" || page === "istoriya" || page === "teksty") bindTable();

  // thresholds: tried while they are typed, set with a reason
  const thresholds = one("#thresholds");
  if (thresholds) {
    let last = 0;
    let timer = 0;
    const attemptOf = async (input) => {
      const mine = ++last;
      one("#side").textContent = "Считается…";
      const answer = await call("POST", "/api/1/thresholds/try", { id: input.dataset.threshold, value: input.value });
      if (mine === last) one("#side").innerHTML = await answer.text();
    };
    thresholds.addEventListener("input", (event) => {
      clearTimeout(timer);
      for (const other of all(".try")) if (other !== event.target) other.value = "";
      if (event.target.value.trim()) timer = setTimeout(() => attemptOf(event.target).catch((error) => { one("#side").textContent = capital(error.message); }), 300);
    });
    one("#find").addEventListener("input", (event) => {
      const words = event.target.value.toLowerCase().trim();
      for (const row of all("tbody tr", thresholds)) row.hidden = !row.dataset.find.includes(words);
    });
    one("#side").addEventListener("submit", (event) => {
      event.preventDefault();
      const data = event.target.dataset;
      attempt(call("POST", "/api/1/thresholds", { id: data.id, value: data.value, reason: one("#why-so").value, version: data.version }).then(() => location.reload()));
    });
    one("#side").addEventListener("click", (event) => {
      const data = event.target.closest("button")?.dataset;
      if (data?.ownThreshold) attempt(call("POST", "/api/1/thresholds", { id: data.ownThreshold, value: "", version: data.version }).then(() => location.reload()));
    });
  }

  // where a number comes from
  const drawer = one("#why");
  const explain = async (address) => {
    one("#answer").textContent = "Считается…";
    if (!drawer.open) drawer.showModal();
    const answer = await fetch("/vypusk/otkuda?address=" + encodeURIComponent(address));
    if (answer.ok) { one("#answer").innerHTML = await answer.text(); return; }
    const error = (await answer.json().catch(() => null))?.error;
    one("#answer").textContent = error ? capital(error.text) + (error.hint ? ". Что делать: " + error.hint : ".") : "Не удалось.";
  };
  document.addEventListener("click", (event) => {
    const it = event.target.closest("button");
    if (it?.dataset.why) attempt(explain(it.dataset.why));
    if (it && "close" in it.dataset) it.closest("dialog").close();
  });
  one("#ask")?.addEventListener("submit", (event) => { event.preventDefault(); if (one("#address").value.trim()) attempt(explain(one("#address").value.trim())); });

  // two versions, and the way back
  one("#side")?.addEventListener("change", (event) => {
    const version = event.target.dataset.version;
    if (version) attempt(fetch("/istoriya/" + version + "?with=" + event.target.value).then((answer) => answer.text()).then((text) => { one("#side").innerHTML = text; }));
  });
  one("#side")?.addEventListener("submit", (event) => {
    if (event.target.id !== "return") return;
    event.preventDefault();
    attempt(call("POST", "/api/1/history/return", { to: Number(event.target.dataset.to), reason: one("#reason").value }).then(() => { history.replaceState(null, "", location.pathname); location.reload(); }));
  });

  // dropping
  const drop = one("#drop");
  const send = async (files) => {
    if (!files.length) return;
    let sent = 0;
    const queue = files.slice();
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        await call("PUT", "/api/1/incoming?path=" + encodeURIComponent(next.path), next.file, "application/octet-stream");
        sent += 1;
        say("Копируется: " + sent + " из " + files.length);
      }
    };
    await Promise.all([worker(), worker()]);
    await call("POST", "/api/1/check").catch(() => null);
    look();
  };
  const entries = (reader) => new Promise((done, fail) => reader.readEntries(done, fail));
  const walk = async (entry, into) => {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      into.push({ path: entry.fullPath.replace(/^\//, ""), file });
      return;
    }
    const reader = entry.createReader();
    // a browser hands out a hundred names at a time
    for (let some = await entries(reader); some.length; some = await entries(reader)) for (const inner of some) await walk(inner, into);
  };
  if (drop) {
    const main = one("#main");
    main.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
    main.addEventListener("dragleave", () => drop.classList.remove("over"));
    main.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      const found = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
      const files = [];
      attempt((async () => { for (const entry of found) await walk(entry, files); await send(files); })());
    });
    for (const input of all("#files, #folder")) input.addEventListener("change", () => {
      const files = [...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
      attempt(send(files));
      input.value = "";
    });
  }

  // what goes on
  let ended = false;
  let was = null;
  const refresh = async () => {
    const answer = await fetch(location.pathname);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    one(".rail ol").replaceWith(one(".rail ol", fresh));
    // what is typed there is hers, and not written down yet
    if (page === "nastroyki" || page === "mesta" || page === "teksty") return;
    one("#main").replaceChildren(...one("#main", fresh).childNodes);
    if (page === "priem") location.reload();
    if (page === "istoriya") bindTable();
  };
  const told = (state) => {
    const job = state.job;
    const running = Boolean(job?.running);
    if (page === "priem" && running) {
      say(job.head ? job.head + "." : "Файлы читаются…");
      const bar = one("#reading");
      bar.hidden = false;
      bar.value = job.percent;
    }
    if (page === "priem" && job?.fault && !running) say(capital(job.fault) + (job.hint ? ". Что делать: " + job.hint : "."));
    if (page === "sostavlenie" && job?.kind === "run" && (running || was)) attempt(refresh());
    else if (was && !running && !job?.fault) attempt(refresh());
    was = running;
  };
  // a decision is told by a fresh check: when it is over, the page is read anew
  const settled = async () => {
    for (;;) {
      const state = await (await fetch("/api/1/state")).json();
      if (!state.job?.running) return location.reload();
      say("Файлы проверяются заново…");
      await new Promise((done) => setTimeout(done, 150));
    }
  };
  const look = () => attempt(fetch("/api/1/state").then((answer) => answer.json()).then(told));
  const stream = new EventSource("/api/1/events");
  stream.addEventListener("state", (event) => told(JSON.parse(event.data)));
  // the polling twin: where no stream gets through, or it broke off, the page asks by itself
  const silent = () => { if (!ended) say("Программа остановлена. Запустите «срез» снова: страница продолжит сама."); };
  setInterval(() => { if (!ended && stream.readyState !== EventSource.OPEN) fetch("/api/1/state").then((answer) => answer.json()).then(told, silent); }, 2000);

  // this window is there
  const id = crypto.randomUUID();
  const beat = () => call("POST", "/api/1/windows/" + id + "/beat").catch(() => null);
  beat();
  setInterval(beat, 20000);
  addEventListener("pagehide", () => fetch("/api/1/windows/" + id + "/bye", { method: "POST", keepalive: true, headers: { "Content-Type": "application/json", "X-Srez": token }, body: "{}" }));
})();
