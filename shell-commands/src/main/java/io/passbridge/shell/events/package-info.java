/** The commands {@code events:*}: what happened, and whether the journal is intact. */
package io.passbridge.shell.events;
