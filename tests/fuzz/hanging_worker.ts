/** A worker that runs into an endless loop in its fourth case. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
addEventListener("message", () => {
  for (let number = 0; number < 4; number++) postMessage(number);
  for (;;);
});
postMessage("ready");
