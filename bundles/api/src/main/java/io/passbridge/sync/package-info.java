/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Password synchronisation as seen by those who administer it: routes, cycles, explanations.
 *
 * <p>A route made in code, of two connectors that are configured, and a run of it:
 *
 * <pre>{@code
 * configurationAdmin
 *         .getFactoryConfiguration("io.passbridge.route", "staff_cloud", "?")
 *         .update(new Hashtable<>(Map.of("source", "staff", "target", "cloud")));
 *
 * Run run = synchronization.run(
 *         "staff_cloud", new RunRequest(false, false, "nightly job"), progress -> {});
 * long inStep = synchronization.route("staff_cloud").orElseThrow()
 *         .counts().orElseThrow().of(Standing.IN_STEP);
 * }</pre>
 *
 * <p>Why somebody cannot sign in:
 *
 * <pre>{@code
 * synchronization.explain("ada", "").forEach(explanation -> ...);
 * }</pre>
 */
@Export
@Version("1.0.0")
package io.passbridge.sync;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
