/**
 * The launcher: starts the OSGi framework with the bundles of the distribution, and is the client
 * of a platform that runs. The script {@code bin/passbridge} does nothing but find Java and start
 * {@link io.passbridge.launcher.Main}.
 */
package io.passbridge.launcher;
