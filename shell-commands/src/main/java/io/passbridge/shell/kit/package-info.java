/**
 * What every command is made of: usage, options, tables, JSON, progress, prompts and exit statuses.
 * A command extends {@link io.passbridge.shell.kit.Command}; the README of this module shows one.
 */
package io.passbridge.shell.kit;
