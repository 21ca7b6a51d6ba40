/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinReg;
import io.passbridge.crypto.FipsReport.Host;

/** The policy 'Use FIPS compliant algorithms' of Windows; loaded there alone. */
final class WindowsFips {
    private static final String KEY =
            "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy";

    private WindowsFips() {}

    static Host read() {
        try {
            int enabled =
                    Advapi32Util.registryGetIntValue(WinReg.HKEY_LOCAL_MACHINE, KEY, "Enabled");
            return enabled == 0 ? Host.OFF : Host.ON;
        } catch (Win32Exception e) {
            // no such value: the policy was never set
            return Host.OFF;
        }
    }
}
