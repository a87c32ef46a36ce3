// Ask without leaving the page: the server renders the answer, as it does without a script, and it is put in place.

// Proxies cut off longer addresses (8 KiB is a usual limit); such a query is sent in the body and has no link.
const LONGEST_LINK = 7500;

/**
 * @param show {begin, end, show, setQuery}: what the page does as a query begins, ends, has an answer, is another one.
 */
export function createRunner(form, texts, page) {
  let running = null;
  let shown = location.search;

  function address() {
    const url = new URL(form.action);
    url.search = new URLSearchParams(new FormData(form));
    return url;
  }

  async function ask(url, options, then) {
    running?.abort();
    const mine = (running = new AbortController());
    page.begin();
    try {
      const answer = await fetch(url, { ...options, headers: { Accept: "text/html" }, signal: mine.signal });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!fresh.getElementById("answer")) throw new Error(texts.strange.replace("{status}", answer.status));
      then(fresh);
      shown = location.search;
      replace(fresh);
      const summary = document.querySelector("#answer [data-summary]");
      page.end(url.search === shown ? (summary?.textContent ?? "") : texts.too_long, summary?.lang);
    } catch (error) {
      if (running !== mine) return; // another query took its place
      page.end(error.name === "AbortError" ? texts.stopped : error instanceof TypeError ? texts.unreachable : error.message);
    } finally {
      if (running === mine) running = null;
    }
  }

  function replace(fresh) {
    document.title = fresh.title;
    for (const place of ["#answer", ".languages"]) {
      document.querySelector(place).replaceWith(document.adoptNode(fresh.querySelector(place)));
    }
    document.querySelector(".questions")?.removeAttribute("open"); // the answer stands below them
    const answer = document.getElementById("answer");
    page.show(answer);
    answer.scrollIntoView({ block: "nearest" });
  }

  return {
    address,

    /** Run the query; from another page than the endpoint's, the form goes there as it does without a script. */
    submit(event) {
      const url = address();
      const long = url.href.length > LONGEST_LINK;
      form.method = long ? "post" : "get";
      if (new URL(form.action).pathname !== location.pathname) return;
      event.preventDefault();
      const body = long ? new URLSearchParams(new FormData(form)) : undefined;
      ask(long ? new URL(form.action) : url, { method: form.method, body }, () => {
        if (!long && url.search !== shown) history.pushState(null, "", url);
      });
    },

    /** Show what belongs to the address, where the reader went back or forth. */
    revisit() {
      if (location.search === shown) return; // another place of the same page
      ask(new URL(location.href), {}, (fresh) => page.setQuery(fresh.getElementById("query").value));
    },

    /** Give the running query up; the server notices that nobody waits. */
    stop() {
      running?.abort();
    },
  };
}
