/** {@code demo}: the platform at work on a made-up directory, each claim checked. */
package io.passbridge.launcher.demo;
