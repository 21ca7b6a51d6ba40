/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hardening;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.passbridge.health.Finding;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The options of the virtual machine that write the heap, with all keys in it, to a file. */
final class HeapDumps {
    private static final String SUBJECT = "heap dumps";
    private static final List<String> OPTIONS =
            List.of("HeapDumpOnOutOfMemoryError", "HeapDumpBeforeFullGC", "HeapDumpAfterFullGC");

    private HeapDumps() {}

    /** Switches them off. */
    static Finding off() {
        try {
            HotSpotDiagnosticMXBean machine =
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (machine == null) {
                return unknown("this Java does not tell");
            }
            List<String> changed = new ArrayList<>();
            for (String option : OPTIONS) {
                if (isOn(machine, option)) {
                    machine.setVMOption(option, "false");
                    changed.add(option);
                }
            }
            return changed.isEmpty()
                    ? Finding.ok(SUBJECT, "off")
                    : Finding.warning(
                            SUBJECT,
                            String.join(", ", changed) + " was on and has been switched off",
                            "Take it out of etc/jvm.options");
        } catch (LinkageError | IllegalArgumentException e) {
            return unknown(e.toString());
        }
    }

    /** Whether another process of the account may ask this one for a dump. */
    static Finding onRequest() {
        try {
            HotSpotDiagnosticMXBean machine =
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (machine != null && isOn(machine, "DisableAttachMechanism")) {
                return Finding.ok(SUBJECT, "nobody can ask for one (jcmd, jmap)");
            }
            return Finding.note(
                    SUBJECT,
                    "a process of the same account can ask for one (jcmd, jmap)",
                    "Add -XX:+DisableAttachMechanism to etc/jvm.options; jstack no longer works"
                            + " then, kill -3 does");
        } catch (LinkageError e) {
            return unknown(e.toString());
        }
    }

    private static boolean isOn(HotSpotDiagnosticMXBean machine, String option) {
        try {
            return Boolean.parseBoolean(machine.getVMOption(option).getValue());
        } catch (IllegalArgumentException e) {
            return false; // this virtual machine has no such option
        }
    }

    private static Finding unknown(String why) {
        return Finding.note(
                SUBJECT,
                "it cannot be told whether they are on: " + why,
                "Start Java with -XX:-HeapDumpOnOutOfMemoryError");
    }
}
