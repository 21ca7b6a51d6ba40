/** Commands about the files of {@code etc/}. */
package io.passbridge.shell.config;
