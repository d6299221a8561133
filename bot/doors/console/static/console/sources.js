// Selecting words in a document: the selection becomes two offsets in code points. The server cuts the words; none are sent.
"use strict";
(() => {
  const text = document.getElementById("document");
  const form = document.getElementById("select");
  if (!text || !form) return;
  const status = document.getElementById("selected");
  const button = form.querySelector("button");
  const keys = document.getElementById("text-keys");
  let waiting = 0;

  // The characters before a place. A range's text is that of the text nodes alone, whatever elements lie between.
  const before = (node, at) => {
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, at);
    return Array.from(range.toString()).length;
  };

  // What of a selection lies within the document, or null.
  const within = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    if (!range.intersectsNode(text)) return null;
    const whole = document.createRange();
    whole.selectNodeContents(text);
    if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(text, 0);
    if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(text, text.childNodes.length);
    return range.toString().trim() ? range : null;
  };

  const show = () => {
    const range = within();
    // Who goes on to the button with the keyboard must not lose what they chose: some browsers drop a selection then.
    if (!range && form.contains(document.activeElement)) return;
    button.disabled = !range;
    form.elements.start.value = range ? before(range.startContainer, range.startOffset) : "";
    form.elements.end.value = range ? before(range.endContainer, range.endOffset) : "";
    status.textContent = range ? `${status.dataset.label} ${range.toString().trim()}` : status.dataset.none;
  };

  // Without a pointer: an arrow chooses the next word, with Shift it adds one.
  const move = (event) => {
    const selection = getSelection();
    const steps = { ArrowRight: ["right", "word"], ArrowLeft: ["left", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey || (!event.shiftKey && step[1] === "line")) return;
    event.preventDefault();
    if (!selection.rangeCount || !text.contains(selection.focusNode)) selection.collapse(text, 0);
    if (!event.shiftKey) {
      for (let tries = 0; tries < 20; tries += 1) { // signs and empty lines are no words
        if (step[0] === "right") selection.collapseToEnd();
        else selection.collapseToStart();
        selection.modify("extend", step[0], "word");
        if (/[\p{L}\p{N}]/u.test(selection.toString())) break;
      }
      const range = selection.getRangeAt(0); // so that Shift adds at the end, whichever way the word was found
      selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
      return;
    }
    selection.modify("extend", step[0], step[1]);
  };

  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 300);
  });
  form.addEventListener("submit", () => { if (within()) show(); });
  button.addEventListener("mousedown", (event) => event.preventDefault()); // else some browsers drop the selection
  text.addEventListener("keydown", move);
  text.setAttribute("aria-describedby", keys.id);
  keys.hidden = false;
  form.hidden = false;
})();
