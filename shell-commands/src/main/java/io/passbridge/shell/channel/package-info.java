/**
 * What is said over the socket on which a script runs a command of the running platform: one
 * request, then frames in both directions until the exit status. This package is part of the
 * launcher as well, which is the other end. The format is private to one version of Passbridge:
 * both ends come from one distribution.
 */
package io.passbridge.shell.channel;
