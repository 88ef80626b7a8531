// Asks a passkey for the secret that opens the key (WebAuthn PRF) and sends it with the form.
//
// Nothing is proved by a signature here: only the right secret opens what the server has sealed.
// So the challenge is ours, and the answer of the passkey itself is not sent.
(() => {
  "use strict";
  const form = document.querySelector("form[data-prf]");
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;
  form.hidden = false;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const say = (name) => {
    for (const words of form.querySelectorAll("[data-says]")) words.hidden = words.dataset.says !== name;
  };

  const ask = async () => {
    const passkeys = [...form.querySelectorAll("[data-passkey]")].map((one) => one.dataset);
    const credential = await navigator.credentials.get({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        allowCredentials: passkeys.map((one) => ({ type: "public-key", id: bytes(one.passkey) })),
        userVerification: "required",
        extensions: {
          prf: {
            evalByCredential: Object.fromEntries(
              passkeys.map((one) => [one.passkey, { first: bytes(one.salt) }]),
            ),
          },
        },
      },
    });
    const secret = credential.getClientExtensionResults().prf?.results?.first;
    if (!secret) return say("cannot");
    form.elements.credential.value = text(credential.rawId);
    form.elements.prf.value = text(secret);
    form.submit();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say("");
    ask().catch(() => say("failed"));
  });
})();
