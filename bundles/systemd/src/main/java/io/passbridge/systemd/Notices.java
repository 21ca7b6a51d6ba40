/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.systemd;

import java.io.IOException;

/** Takes what the service manager is told, in the words of sd_notify(3). */
@FunctionalInterface
interface Notices {
    void send(String notice) throws IOException;
}
