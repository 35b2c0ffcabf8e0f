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

function refuse(box, line, sentence) {
  const words = document.createElement("span");
  words.className = "files-refused";
  words.setAttribute("role", "alert");
  words.textContent = sentence;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-outline-secondary files-remove";
  button.textContent = box.dataset.remove;
  line.querySelector("progress")?.remove();
  line.append(words, button);
}

function send(box, file) {
  const line = fileLine(box.querySelector(".files-list"), file.name);
  line.className = "files-coming";
  const progress = document.createElement("progress");
  progress.max = 100;
  progress.setAttribute("aria-label", file.name);
  line.append(progress);
  const body = new FormData();
  body.append("name_as_sent", file.name);
  body.append("csrfmiddlewaretoken", box.closest("form").elements.csrfmiddlewaretoken.value);
  body.append("file", file);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress.value = Math.floor((100 * event.loaded) / event.total);
    });
    request.addEventListener("loadend", () => {
      line.classList.remove("files-coming");
      const moved = request.responseURL && !request.responseURL.endsWith(box.dataset.url);
      const html = (request.getResponseHeader("Content-Type") || "").startsWith("text/html");
      if (request.status === 200 && html && !moved) {
        line.outerHTML = request.responseText;
      } else if (moved) {
        refuse(box, line, box.dataset.ended);
      } else {
        refuse(box, line, html || !request.responseText ? sentenceIn(request, box) : request.responseText);
      }
      done();
    });
    request.open("POST", box.dataset.url);
    request.send(body);
  });
}

// An error page of ours carries its sentence in its first paragraph.
function sentenceIn(request, box) {
  const page = new DOMParser().parseFromString(request.responseText || "", "text/html");
  return page.querySelector("main p")?.textContent.trim() || box.dataset.failed;
}

async function sendAll(box, files) {
  const list = box.querySelector(".files-list");
  for (const file of files) {
    if (file.size > Number(box.dataset.limit)) refuse(box, fileLine(list, file.name), box.dataset.tooLarge);
    else await send(box, file);
  }
  box.querySelector(".files-wait").textContent = "";
}

document.addEventListener("change", (event) => {
  const box = event.target.closest(".files-input");
  if (box && event.target.type === "file") {
    sendAll(box, [...event.target.files]).then(() => { event.target.value = ""; });
  }
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const box = event.target.closest?.(".files-input");
    if (!box) return;
    event.preventDefault();
    box.classList.toggle("files-over", kind === "dragover");
    if (kind === "drop") sendAll(box, [...event.dataTransfer.files]);
  });
}

document.addEventListener("click", (event) => {
  if (event.target.matches(".files-remove")) {
    const box = event.target.closest(".files-input");
    event.target.closest("li").remove();
    box.querySelector("input[type=file]").focus();
  }
});

// A form does not leave while a file is on its way.
document.addEventListener("submit", (event) => {
  const box = event.target.querySelector(".files-coming")?.closest(".files-input");
  if (box) {
    event.preventDefault();
    event.stopImmediatePropagation();
    box.querySelector(".files-wait").textContent = box.dataset.waiting;
  }
}, true);
