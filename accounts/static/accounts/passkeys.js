// What a browser says when a passkey did not work, in words and above the form.
const WORDS = {
  NotAllowedError: "Your device did not confirm it: it was cancelled, or took too long. Try again.",
  InvalidStateError: "This device has a passkey of yours already.",
  SecurityError: "A passkey does not work under this address. Use a code from an app.",
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault()
  const alert = document.createElement("div")
  alert.className = "console-alert console-alert--error"
  const words = document.createElement("p")
  words.textContent = WORDS[event.detail.exception.name] || "That did not work on this device. Nothing was changed; try again, or use a code."
  alert.append(words)
  document.getElementById("trouble").replaceChildren(alert)
})
