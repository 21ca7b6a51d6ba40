/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hardening;

import io.passbridge.health.Finding;

/** A process of its own that closes its memory and waits until its input ends. */
final class ClosedProcess {
    private ClosedProcess() {}

    public static void main(String[] arguments) throws Exception {
        Finding closed = ProcessMemory.close(true);
        System.out.println(closed.severity() + " " + closed.text());
        System.out.flush();
        System.in.readAllBytes();
        Finding open = ProcessMemory.close(false);
        System.out.println(open.severity() + " " + open.text());
    }
}
