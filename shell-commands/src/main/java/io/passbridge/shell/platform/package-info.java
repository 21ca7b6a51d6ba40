/** What runs here. */
package io.passbridge.shell.platform;
