// The page that filters: it shows and hides rows and computes nothing, every number is a printed text.
(() => {
  const data = JSON.parse(document.getElementById("filter-data").textContent);
  const { texts, works, groups, areas } = data;
  const HIDDEN = 1;
  const AT_ONCE = 200;
  const MOST_SENTENCES = 100;
  const ALL = "all";
  const KINDS = { work: "Отметки и баллы", skill: "Умения", task: "Задания" };
  const by = (id) => document.getElementById(id);
  const table = by("results");
  const body = table.tBodies[0];
  const isExplained = data.origins.length > 0;
  const hasCounts = works.some((work) => work.most.length);
  const groupKey = (place) => `${groups.level[place]}:${groups.id[place]}`;
  const years = [...new Set(works.map((work) => work.year))].sort((a, b) => b - a);
  const first = works.some((work) => work.groups.includes(0)) ? groupKey(0) : ALL;
  const hasMarks = works.some((work) => work.lines.kind.includes("work"));
  // Every condition has one letter in the address; what is not in the address has its first value.
  const initial = { r: ALL, k: ALL, g: String(years[0]), v: hasMarks ? "work" : ALL, u: ALL, n: ALL, s: first };
  const selects = new Map([...document.querySelectorAll("#filters select")].map((select) => [select.dataset.key, select]));
  let state = { ...initial };
  let rows = [];
  let shown = 0;
  const chosen = new Set();

  // What a row of a work answers to each condition; a place in `lines` and one in `groups`.
  const answers = {
    r: (work) => areas.id[work.area],
    k: (work) => String(work.grade),
    g: (work) => String(work.year),
    v: (work, line) => work.lines.kind[line],
    u: (work, line) => texts[work.lines.skill[line]],
    n: (work, line) => texts[work.lines[work.lines.kind[line] === "work" ? "what" : "task"][line]],
    s: (work, line, group) => groupKey(work.groups[group]),
  };
  const SCHOOLS = "schools";
  const meets = (key, wanted, answer) => wanted === ALL || wanted === answer || (key === "s" && wanted === SCHOOLS && answer.startsWith("school:"));
  const OF_WORK = ["r", "k", "g"];
  const OF_LINE = ["v", "u", "n"];
  const cell = (column, at) => (column.length ? column[at] : 0);

  // Rows that meet the conditions: work by work, line by line, groups in the order of the register.
  const found = (wanted) => {
    const list = [];
    for (const work of works) {
      if (!OF_WORK.every((key) => meets(key, wanted[key], answers[key](work)))) continue;
      const width = work.lines.kind.length;
      const inside = work.groups.map((_, group) => group).filter((group) => meets("s", wanted.s, answers.s(work, 0, group)));
      for (let line = 0; line < width; line += 1) {
        if (!OF_LINE.every((key) => meets(key, wanted[key], answers[key](work, line)))) continue;
        for (const group of inside) {
          const at = group * width + line;
          if (cell(work.share, at) || cell(work.sum, at)) list.push({ work, line, group, at });
        }
      }
    }
    return list;
  };

  // The values that a condition may take beside the conditions before it, with their words.
  const options = (key, wanted) => {
    const free = { ...wanted };
    const order = [...OF_WORK, ...OF_LINE, "s"];
    for (const other of order.slice(order.indexOf(key))) free[other] = ALL;
    // A skill can be chosen whatever is shown.
    if (key === "u") free.v = ALL;
    // Groups are those of the works alone: a long list that changes with every task would not be found again.
    if (key === "s") for (const other of OF_LINE) free[other] = ALL;
    const seen = new Map();
    for (const work of works) {
      if (!OF_WORK.every((one) => meets(one, free[one], answers[one](work)))) continue;
      if (OF_WORK.includes(key)) { seen.set(answers[key](work), key === "r" ? areas.title[work.area] : answers[key](work)); continue; }
      if (key === "s") { for (const group of work.groups) seen.set(groupKey(group), { place: group, name: groups.name[group] }); continue; }
      for (let line = 0; line < work.lines.kind.length; line += 1) {
        if (!OF_LINE.every((one) => meets(one, free[one], answers[one](work, line)))) continue;
        const value = answers[key](work, line);
        if (!value) continue;
        const what = key === "v" ? KINDS[value] : key === "u" ? value : texts[work.lines.what[line]];
        // The same number is another task in another work.
        seen.set(value, seen.has(value) && seen.get(value) !== what ? `№\u00a0${value}` : what);
      }
    }
    let pairs = [...seen];
    if (key === "s") {
      pairs = pairs.sort(([, a], [, b]) => a.place - b.place).map(([value, it]) => [value, it.name]);
      if (pairs.filter(([value]) => value.startsWith("school:")).length > 1) pairs.unshift([SCHOOLS, "Все школы"]);
    }
    if (key === "k" || key === "g") pairs.sort(([a], [b]) => (key === "k" ? a - b : b - a));
    // Tasks of several works by number; other lines stay as they stand in the works.
    const collator = new Intl.Collator("ru", { numeric: true });
    if (key === "n" && free.v === "task") pairs.sort(([a], [b]) => collator.compare(a, b));
    return pairs;
  };
  const everything = { r: "Все работы", k: "Все классы", g: "Все годы", v: "Всё", u: "Все умения", n: "Все", s: "Все" };

  // Fills the lists; a condition that nothing meets any more is given up. True where that happened.
  const fill = () => {
    let lost = false;
    for (const [key, select] of selects) {
      const pairs = options(key, state);
      if (state[key] !== ALL && !pairs.some(([value]) => value === state[key])) { state[key] = ALL; lost = true; }
      select.replaceChildren(...[[ALL, everything[key]], ...pairs].map(([value, words]) => new Option(words, value, false, value === state[key])));
      select.disabled = pairs.length === 0;
      select.classList.toggle("set", state[key] !== ALL);
    }
    return lost;
  };

  const percent = (row) => texts[cell(row.work.share, row.at)];
  const interval = (row) => (cell(row.work.low, row.at) ? `${texts[row.work.low[row.at]]}–${texts[row.work.high[row.at]]}` : "");
  const counted = (row) => {
    const [sum, most] = [texts[cell(row.work.sum, row.at)], texts[cell(row.work.most, row.at)]];
    return most ? `${sum} из\u00a0${most}` : sum;
  };
  const isHidden = (row) => cell(row.work.share, row.at) === HIDDEN || cell(row.work.sum, row.at) === HIDDEN;
  const whom = (row) => groups.name[row.work.groups[row.group]];
  const what = (row) => texts[row.work.lines.what[row.line]];
  const filled = (template, slots) => template.replace(/\{(\w+)\}/g, (slot, name) => slots[name] ?? slot);
  const slotsOf = (row) => ({
    group: whom(row),
    work: row.work.words,
    n: texts[cell(row.work.n, row.at)],
    share: percent(row),
    low: texts[cell(row.work.low, row.at)],
    high: texts[cell(row.work.high, row.at)],
    sum: texts[cell(row.work.sum, row.at)],
    most: texts[cell(row.work.most, row.at)],
    named: texts[row.work.lines.named[row.line]],
    why: data.why,
  });
  const sentence = (row) => {
    const slots = slotsOf(row);
    if (isHidden(row)) return `${filled(data.sentence.hidden, slots)}.`;
    const head = filled(data.sentence.head, { ...slots, said: filled(texts[row.work.lines.said[row.line]], slots) });
    const more = [];
    if (slots.n && cell(row.work.n, row.at) !== HIDDEN) more.push(data.sentence.participants);
    if (slots.low) more.push(data.sentence.interval);
    if (slots.most && row.work.lines.kind[row.line] !== "work") more.push(data.sentence.points);
    return more.length ? `${head} (${more.map((part) => filled(part, slots)).join(", ")}).` : `${head}.`;
  };

  const whence = (row, value) => {
    const origin = data.origins[row.work.lines.origin[row.line]];
    const group = row.work.groups[row.group];
    const slots = slotsOf(row);
    openWhence({
      title: `${origin.title}. ${what(row)}. ${whom(row)}, ${row.work.title}`,
      value,
      formula: origin.formula,
      counts: slots.most ? filled(origin.counts, slots) : "",
      source: origin.source,
      address: `${row.work.id}/${groups.level[group]}/${groups.id[group]}/${origin.column}`,
    }, data.lists[row.work.lists[row.group]].map((place) => data.files[place]));
  };

  const drawn = (row, place) => {
    const line = document.createElement("tr");
    const add = (name, className, text, title) => {
      const made = element(name, text, line);
      made.className = className;
      if (title) made.dataset.name = title;
      return made;
    };
    const box = element("input", "", add("td", "choice", ""));
    box.type = "checkbox";
    box.setAttribute("aria-label", `Отметить: ${whom(row)}, ${what(row)}`);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(row); else chosen.delete(row);
      line.classList.toggle("chosen", box.checked);
      count();
    });
    add("td", "work", row.work.title);
    add("td", "whom", whom(row));
    const name = add("th", "what", what(row));
    name.scope = "row";
    const numbers = [
      add("td", "right number", texts[cell(row.work.n, row.at)], "участников"),
      add("td", `right number${isHidden(row) ? " hidden-number" : ""}`, isHidden(row) ? texts[HIDDEN] : percent(row), "%"),
    ];
    if (hasCounts) {
      numbers.push(add("td", "right number", interval(row), "95\u00a0% интервал, %"));
      numbers.push(add("td", "right number", isHidden(row) ? "" : counted(row), row.work.lines.kind[row.line] === "work" && percent(row) ? "чел." : "баллы"));
    }
    if (isHidden(row)) numbers[1].title = `${texts[HIDDEN]}: ${data.why}`;
    for (const [order, number] of numbers.entries()) {
      if (!isExplained || !number.textContent || isHidden(row)) continue;
      const value = number.textContent;
      askable(number, place || order ? -1 : 0, () => whence(row, value));
    }
    return line;
  };

  const count = () => {
    const parts = [`Строк: ${rows.length}`];
    if (shown < rows.length) parts.push(`на экране: ${shown}`);
    if (chosen.size) parts.push(`отмечено: ${chosen.size}`);
    by("counted").textContent = parts.join(", ");
  };
  const more = () => {
    const next = rows.slice(shown, shown + AT_ONCE);
    body.append(...next.map((row, place) => drawn(row, shown + place)));
    shown += next.length;
    by("more").hidden = shown >= rows.length;
    count();
  };
  // What all rows share stands in the caption, not in a column.
  const caption = () => {
    const same = (of) => (new Set(rows.map(of)).size === 1 ? of(rows[0]) : "");
    const [work, one] = [rows.length ? same((row) => row.work.title) : "", rows.length ? same(whom) : ""];
    table.classList.toggle("one-work", work !== "");
    table.classList.toggle("one-whom", one !== "");
    const words = (key) => selects.get(key)?.selectedOptions[0]?.textContent ?? "";
    const said = [work || words("r")];
    if (!work && state.k !== ALL) said.push(`${words("k")} класс`);
    if (!work && selects.has("g")) said.push(state.g === ALL ? words("g") : `${words("g")} год`);
    if (state.u !== ALL) said.push(words("u"));
    said.push(state.n !== ALL ? words("n") : words("v"));
    said.push(one || words("s"));
    by("caption").textContent = said.filter(Boolean).join(" · ");
  };
  const address = () => {
    const set = new URLSearchParams(Object.entries(state).filter(([key, value]) => value !== initial[key]));
    return set.size ? `#${set}` : "#";
  };
  const show = (keepAddress) => {
    rows = found(state);
    shown = 0;
    chosen.clear();
    body.replaceChildren();
    more();
    caption();
    by("nothing").hidden = rows.length > 0;
    table.hidden = rows.length === 0;
    for (const button of document.querySelectorAll("#take button")) button.disabled = rows.length === 0;
    by("from-link").hidden = true;
    if (!keepAddress) try { history.replaceState(null, "", address()); } catch { location.hash = address(); }
  };
  const change = (key, value) => {
    state[key] = value;
    // A skill is no line of a work as a whole.
    if (key === "u" && value !== ALL && state.v === "work") state.v = state.n = ALL;
    if (key === "v") state.n = ALL;
    if (key === "v" && value === "work") state.u = ALL;
    fill();
    show();
  };
  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (location.hash.length > 1 && !location.hash.includes("=")) return false;
    state = { ...initial };
    for (const [key, value] of asked) if (key in state) state[key] = value;
    const lost = fill();
    show(true);
    by("from-link").hidden = !lost;
    return true;
  };

  const taken = () => (chosen.size ? rows.filter((row) => chosen.has(row)) : rows);
  const fileName = (extension) => `${by("caption").textContent.replaceAll("\u00a0", " ").replace(/[\\/:*?"<>|«»]+/g, "").slice(0, 120).trim()}.${extension}`;
  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const plain = (text) => text.replaceAll("\u00a0", " ");
  // What must go with a table wherever it goes.
  const notes = (list) => [data.note, ...(list.some(isHidden) ? [`«${texts[HIDDEN]}»: ${data.why}`] : [])];
  const drawer = (title, text) => {
    const opened = drawerWith(title);
    const area = element("textarea", "", opened);
    area.value = text;
    area.readOnly = true;
    area.setAttribute("aria-labelledby", "whence-title");
    const copy = element("button", "Скопировать", opened);
    copy.type = "button";
    copy.className = "copy";
    copy.addEventListener("click", () => {
      area.select();
      // A page from a folder may not be given the clipboard; the old way works there too.
      if (document.execCommand("copy")) copy.textContent = "Скопировано";
    });
    opened.showModal();
    area.select();
  };
  const doing = {
    reset: () => { state = { ...initial }; fill(); show(); },
    more,
    workbook: () => {
      const head = [["Работа", 30], ["Год", 7], ["Класс", 7], ["Чьи результаты", 30], ["Что показано", 48], ["Участников", 12], ["%", 9]];
      if (hasCounts) head.push(["95 % интервал: от, %", 12], ["до, %", 9], ["Баллы (у отметок — участники)", 16], ["Из скольких", 12]);
      const line = (row) => {
        const slots = slotsOf(row);
        const start = [row.work.title, String(row.work.year), String(row.work.grade), slots.group, what(row), slots.n, isHidden(row) ? texts[HIDDEN] : slots.share];
        return (hasCounts ? [...start, slots.low, slots.high, isHidden(row) ? "" : slots.sum, slots.most] : start).map(plain);
      };
      const above = [by("caption").textContent, data.subtitle, data.footer, ...notes(taken())].map(plain);
      save(workbookOf(above, head, taken().map(line)), fileName("xlsx"));
    },
    picture: async () => {
      const list = taken().slice(0, AT_ONCE);
      const wide = (className) => !table.classList.contains(className);
      const head = [];
      if (wide("one-work")) head.push(["Работа", 3, false, (row) => row.work.title]);
      if (wide("one-whom")) head.push(["Чьи результаты", 3, false, whom]);
      head.push(["Что показано", 5, false, what], ["Участников", 1.4, true, (row) => texts[cell(row.work.n, row.at)]]);
      head.push(["%", 1.2, true, (row) => (isHidden(row) ? texts[HIDDEN] : percent(row))]);
      if (hasCounts) head.push(["95 % интервал", 1.7, true, interval], ["Баллы (у отметок — участники)", 2, true, (row) => (isHidden(row) ? "" : counted(row))]);
      const left = taken().length > list.length ? ` · Показаны первые строки из отобранных: ${list.length} из ${taken().length}` : "";
      const foot = [data.footer, ...notes(list)].join(" · ");
      const blob = await pictureOf(by("caption").textContent, data.subtitle, `${foot}${left}`, head, list.map((row) => head.map(([, , , of]) => of(row))));
      if (blob) save(blob, fileName("png"));
    },
    sentences: () => {
      const list = taken().slice(0, MOST_SENTENCES).map(sentence);
      if (taken().length > list.length) list.push(`Показаны первые предложения: ${list.length} из ${taken().length}. Отметьте нужные строки или сузьте отбор.`);
      drawer("Предложением", list.join("\n"));
    },
    link: () => drawer("Ссылка на этот вид", location.href.split("#")[0] + address()),
  };
  for (const button of document.querySelectorAll("[data-do]")) button.addEventListener("click", () => doing[button.dataset.do]());
  for (const [key, select] of selects) select.addEventListener("change", () => change(key, select.value));
  addEventListener("hashchange", read);
  walkable(table);
  if (!read()) { fill(); show(true); }
})();
