/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.fips.FipsStatus;

/** How the module is at this moment; a failed conditional self-test puts it into an error state. */
final class LiveStatus {
    private LiveStatus() {}

    static boolean isGood() {
        return !FipsStatus.isErrorStatus() && CryptoServicesRegistrar.isInApprovedOnlyMode();
    }

    static String inWords() {
        return FipsStatus.isErrorStatus()
                ? "it is in its error state: " + FipsStatus.getStatusMessage()
                : "it has left approved-only mode";
    }
}
