// Puts a button beside what readers copy; without scripts, or where the browser lets nobody copy, there is the text alone.

const PAUSE = 4000; // milliseconds for which it says that it has copied

function offer(code) {
  const button = document.createElement("button");
  const told = document.createElement("span");
  const { copy, copied } = code.dataset;
  let timer;
  button.type = "button";
  button.className = "copy";
  button.textContent = copy;
  told.className = "told";
  told.setAttribute("role", "status");
  code.after(" ", button, " ", told);
  button.addEventListener("click", async () => {
    clearTimeout(timer);
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(code.textContent);
      told.textContent = copied;
      timer = setTimeout(() => (told.textContent = ""), PAUSE);
    } catch {
      getSelection().selectAllChildren(code); // refused: the reader copies what is selected
    }
  });
}

if (navigator.clipboard) document.querySelectorAll("code[data-copy]").forEach(offer);
