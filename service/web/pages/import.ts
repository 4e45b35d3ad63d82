// Takes a sheet that is dropped on the page, and says how far a large one is; without this file the form is sent as any other.
import { make } from "../elements";

const KIB = 1 << 10;
const MIB = 1 << 20;
const REVIVED = "form[data-sheet]";

/** A form that brings a sheet to the service and shows in its place what comes back. */
class SheetForm {
  private readonly file: HTMLInputElement | null;
  private readonly chosen: HTMLElement | null;
  private readonly going: HTMLElement | null;
  private sending = false;

  constructor(private readonly form: HTMLFormElement) {
    this.file = form.querySelector("input[type=file]");
    this.chosen = form.querySelector("[data-chosen]");
    this.going = form.querySelector("[data-going]");
    this.file?.addEventListener("change", () => this.look());
    const place = form.querySelector<HTMLElement>("[data-drop]");
    if (place) this.takeDropped(place);
    form.addEventListener("submit", (event) => this.submit(event));
  }

  private takeDropped(place: HTMLElement): void {
    for (const kind of ["dragenter", "dragover"]) {
      place.addEventListener(kind, (event) => {
        event.preventDefault();
        place.classList.add("over");
      });
    }
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("over");
      const files = event.dataTransfer?.files;
      if (!this.file || !files?.length) return;
      this.file.files = files;
      this.look();
    });
  }

  /** Say which file was chosen, and at once whether it is too large. */
  private look(): void {
    const found = this.file?.files?.[0];
    if (!this.file || !this.chosen || !found) return;
    const most = Number(this.form.dataset["most"] ?? 0);
    const isTooLarge = most > 0 && found.size > most;
    this.file.setCustomValidity(isTooLarge ? `The file is larger than ${most / MIB} MiB.` : "");
    const size = sized(found.size);
    this.chosen.textContent = isTooLarge
      ? `${found.name} has ${size}, more than a page can take. Use the command medalgraph import.`
      : `${found.name}, ${size}`;
  }

  private submit(event: SubmitEvent): void {
    const button = event.submitter;
    if (button instanceof HTMLElement && "download" in button.dataset) return;
    event.preventDefault();
    if (this.sending) return;
    this.sending = true;
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "text/html");
    request.responseType = "document";
    this.watch(request);
    request.addEventListener("load", () => show(request));
    request.addEventListener("error", () => this.fail());
    request.send(new FormData(this.form, button instanceof HTMLButtonElement ? button : undefined));
  }

  private watch(request: XMLHttpRequest): void {
    if (!this.going) return;
    const bar = make("progress", { max: 1, "aria-label": "Sent" });
    const said = document.createTextNode(" Sending");
    this.going.replaceChildren(bar, said);
    this.going.hidden = false;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      bar.setAttribute("aria-label", "Being read");
      said.textContent = " Being read and checked";
    });
  }

  private fail(): void {
    this.sending = false;
    if (this.going) this.going.textContent = "The service did not answer. Nothing was kept; send it again.";
  }
}

/** Write a number of bytes with its unit, as people read it. */
function sized(bytes: number): string {
  if (bytes < KIB) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  return bytes < MIB ? `${Math.round(bytes / KIB)} KiB` : `${(bytes / MIB).toFixed(2)} MiB`;
}

/** Show the page that was answered in place of this one, as a browser would after a form. */
function show(request: XMLHttpRequest): void {
  const page = request.responseXML;
  const here = document.querySelector("main");
  const there = page?.querySelector("main");
  if (!page || !here || !there) return location.reload();
  here.replaceWith(document.adoptNode(there));
  document.title = page.title;
  // Going back then leads to the form, as it would if the browser had sent it.
  history.pushState(null, "", location.href);
  begin();
  const heading = document.querySelector<HTMLElement>("main h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
  scrollTo(0, 0);
}

function begin(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>(REVIVED)) new SheetForm(form);
}

addEventListener("popstate", () => location.reload());
begin();
