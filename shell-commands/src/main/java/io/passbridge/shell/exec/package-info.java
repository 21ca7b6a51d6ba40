/** Runs the commands that come over the socket in the data folder of the platform. */
package io.passbridge.shell.exec;
