// Passkeys: asks the browser to use one (form #passkey) or to make one (form #new-passkey), and
// sends what it answers with the form. Without passkeys in the browser the forms stay hidden.
"use strict";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (bytes) =>
  bytes && btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function withBytes(options) {
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  for (const list of [options.allowCredentials, options.excludeCredentials]) {
    for (const known of list || []) known.id = toBytes(known.id);
  }
  return options;
}

function withText(credential) {
  const answer = credential.response;
  const response = { clientDataJSON: toText(answer.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[name]) response[name] = toText(answer[name]);
  }
  const found = credential.getClientExtensionResults();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment || null,
    clientExtensionResults: found.credProps ? { credProps: found.credProps } : {},
    response,
  };
}

async function ask(form, use) {
  const problem = form.querySelector(".error");
  problem.hidden = true;
  try {
    const answer = await fetch(form.dataset.options, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const { publicKey } = await answer.json();
    form.elements.credential.value = JSON.stringify(withText(await use(withBytes(publicKey))));
    form.submit();
  } catch {
    problem.hidden = false; // refused, cancelled or too late: the page says what else is possible
  }
}

function prepare(id, use) {
  const form = document.getElementById(id);
  if (!form || !window.PublicKeyCredential) return;
  form.hidden = false;
  document.getElementById("or")?.removeAttribute("hidden");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form, use);
  });
}

prepare("passkey", (publicKey) => navigator.credentials.get({ publicKey }));
prepare("new-passkey", (publicKey) => {
  publicKey.extensions = { ...publicKey.extensions, prf: {} }; // it may unlock later
  return navigator.credentials.create({ publicKey });
});
