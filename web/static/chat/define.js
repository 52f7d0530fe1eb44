// Importing this file makes <faq-chat> an element of the page.

import { FaqChat } from "./chat-element.js";

if (!customElements.get("faq-chat")) customElements.define("faq-chat", FaqChat);
