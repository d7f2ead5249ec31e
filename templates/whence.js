"use strict";
// Where a number comes from: a drawer at the side, opened from the number.
const element = (name, text, parent) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  parent.append(made);
  return made;
};
const drawerWith = (title) => {
  let drawer = document.querySelector("dialog.whence");
  if (!drawer) {
    drawer = element("dialog", "", document.body);
    drawer.className = "whence";
    drawer.setAttribute("aria-labelledby", "whence-title");
    drawer.addEventListener("click", (event) => { if (event.target === drawer) drawer.close(); });
  }
  drawer.replaceChildren();
  const close = element("button", "Закрыть", drawer);
  close.type = "button";
  close.addEventListener("click", () => drawer.close());
  element("h2", title, drawer).id = "whence-title";
  return drawer;
};
const openWhence = (it, files) => {
  const drawer = drawerWith("Откуда это число");
  element("p", it.title, drawer);
  const list = element("dl", "", drawer);
  const lines = [["Число", it.value], ["Формула", it.formula], ["С числами", it.counts], ["Источник формулы", it.source], ["Порог", it.threshold]];
  for (const [name, text] of lines) if (text) { element("dt", name, list); element("dd", text, list); }
  element("h3", `Файлы: ${files.length}`, drawer);
  const sources = element("ul", "", drawer);
  if (!files.length) element("p", "Число из истории: файлов этого запуска за ним нет.", drawer);
  for (const one of files) element("li", `${one.file} — принято строк: ${one.rows}, BLAKE3 ${one.hash}`, sources);
  element("h3", "Листы и ячейки", drawer);
  element("code", `srez explain "${it.address}" КОНВЕЙЕР`, drawer);
  drawer.showModal();
};
// Makes the content of a cell a button that opens its drawer.
const askable = (cell, tabIndex, open) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "why";
  button.tabIndex = tabIndex;
  button.title = "Откуда это число";
  button.setAttribute("aria-haspopup", "dialog");
  button.append(...cell.childNodes);
  cell.append(button);
  button.addEventListener("click", () => open(cell));
};
// One number of a table is reached by Tab, the others by arrows.
const walkable = (table) => table.addEventListener("keydown", (event) => {
  const here = event.target.closest("button.why")?.parentElement;
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!here || !step) return;
  const rows = [...table.rows];
  let [line, place] = [rows.indexOf(here.parentElement), here.cellIndex];
  for (let next; rows[line += step[0]]?.cells[place += step[1]];) {
    next = rows[line].hidden ? null : rows[line].cells[place].querySelector("button.why");
    if (!next) continue;
    event.preventDefault();
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    return;
  }
});
