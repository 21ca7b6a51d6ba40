/** Makes Apache Karaf's console complete the words of commands; elsewhere it does nothing. */
package io.passbridge.shell.karaf;
