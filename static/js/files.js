// Files are sent one by one as soon as they are chosen; the form carries only their tokens.
"use strict";

function fileLine(list, text) {
  const line = document.createElement("li");
  const name = document.createElement("span");
  name.className = "files-name";
  name.textContent = text;
  line.append(name);
  list.append(line);
  return line;
}

function removeButton(box, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-outline-secondary files-remove";
  button.textContent = box.dataset.remove;
  button.setAttribute("aria-label", `${box.dataset.remove} ${name}`);
  return button;
}

function refuse(box, line, sentence) {
  const words = document.createElement("span");
  words.className = "files-refused";
  words.textContent = sentence;
  line.querySelector("progress")?.remove();
  if (!line.querySelector(".files-remove")) {
    line.append(removeButton(box, line.querySelector(".files-name").textContent));
  }
  line.append(words);
}

// The answer is a line of ours, a sentence, or a page of ours that carries one.
function settle(box, line, request) {
  line.classList.remove("files-coming");
  const moved = request.responseURL && new URL(request.responseURL).pathname !== box.dataset.url;
  const said = request.responseText || "";
  if (request.status === 200 && !moved && said.trim().startsWith("<li")) {
    line.outerHTML = said;
  } else if (moved) {
    refuse(box, line, box.dataset.ended);
  } else if ((request.getResponseHeader("Content-Type") || "").startsWith("text/plain")) {
    refuse(box, line, said);
  } else {
    const page = new DOMParser().parseFromString(said, "text/html");
    refuse(box, line, page.querySelector("main p")?.textContent.trim() || box.dataset.failed);
  }
}

// After signing in again in another tab the page's old token is worth nothing: fetch a new one,
// unless it is somebody else who signed in.
async function renewToken() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const fresh = page.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const same = ["user", "hat"].every((name) => page.body.dataset[name] === document.body.dataset[name]);
  if (!fresh || !same) return false;
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = fresh;
  return true;
}

function send(box, file, line, again = false) {
  const progress = line.querySelector("progress");
  const body = new FormData();
  body.append("name_as_sent", file.name);
  body.append("csrfmiddlewaretoken", box.closest("form").elements.csrfmiddlewaretoken.value);
  body.append("file", file);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress.value = Math.floor((100 * event.loaded) / event.total);
    });
    request.addEventListener("loadend", async () => {
      if (request.status === 403 && !again && (await renewToken())) {
        await send(box, file, line, true);
      } else if (line.isConnected) {
        settle(box, line, request);
      }
      done();
    });
    line.addEventListener("removed", () => request.abort(), { once: true });
    request.open("POST", box.dataset.url);
    request.send(body);
  });
}

// Every file has its line at once; they are sent one after the other.
async function sendAll(box, files) {
  const list = box.querySelector(".files-list");
  const waiting = [];
  for (const file of files) {
    const line = fileLine(list, file.name);
    if (file.size > Number(box.dataset.limit)) {
      refuse(box, line, box.dataset.tooLarge);
    } else {
      const progress = document.createElement("progress");
      progress.max = 100;
      progress.value = 0;
      progress.setAttribute("aria-label", file.name);
      line.className = "files-coming";
      line.append(progress, removeButton(box, file.name));
      waiting.push([file, line]);
    }
  }
  for (const [file, line] of waiting) if (line.isConnected) await send(box, file, line);
  box.querySelector(".files-wait").textContent = "";
}

document.addEventListener("change", (event) => {
  const box = event.target.closest(".files-input");
  if (box && event.target.type === "file") {
    sendAll(box, [...event.target.files]).then(() => { event.target.value = ""; });
  }
});

// A file dropped beside the box falls into it: the browser would else leave the form for the file.
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const boxes = document.querySelectorAll(".files-input");
    const box = event.target.closest?.(".files-input") || (boxes.length === 1 ? boxes[0] : null);
    if (!boxes.length || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (!box) return;
    box.classList.toggle("files-over", kind === "dragover");
    if (kind === "drop") sendAll(box, [...event.dataTransfer.files]);
  });
}

document.addEventListener("click", (event) => {
  const line = event.target.closest("li");
  const box = event.target.closest(".files-input");
  if (event.target.matches(".files-remove")) {
    line.dispatchEvent(new Event("removed"));
    line.remove();
    box.querySelector("input[type=file]").focus();
  } else if (event.target.matches(".files-take")) {
    for (const input of line.querySelectorAll("input")) input.disabled = false;
    event.target.remove();
    box.querySelector(".files-list").append(line);
    const left = box.querySelector(".files-left");
    if (!left.querySelector("li")) left.remove();
  }
});

// A form leaves neither while a file is on its way, nor over a file that did not come.
document.addEventListener("submit", (event) => {
  const box = event.target.querySelector(".files-input");
  const coming = box?.querySelector(".files-coming");
  if (coming || box?.querySelector(".files-refused")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    box.querySelector(".files-wait").textContent = coming ? box.dataset.waiting : box.dataset.refused;
    box.scrollIntoView({ block: "center" });
  }
}, true);

addEventListener("beforeunload", (event) => {
  if (document.querySelector(".files-coming")) event.preventDefault();
});
