/** Completes commands, options and the names of things when Tab is pressed. */
package io.passbridge.shell.completion;
