/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import java.util.EnumSet;
import java.util.Set;

/**
 * Account state out of the stored attributes, by the rules of the constructed attributes {@code
 * msDS-User-Account-Control-Computed} and {@code msDS-UserPasswordExpiryTimeComputed} (MS-ADTS
 * 3.1.1.4.5.17 and 3.1.1.4.5.33). Times are FILETIMEs. A password settings object that gives single
 * users another maximum age is not taken into account.
 *
 * @param maxPasswordAge the domain's, in 100 ns; 0 if passwords do not expire
 */
record UserStates(long maxPasswordAge) {
    private static final int DISABLED = 0x2;
    private static final int DONT_EXPIRE_PASSWORD = 0x1_0000;
    private static final int SMARTCARD_REQUIRED = 0x4_0000;
    private static final int TRUST_ACCOUNTS = 0x800 | 0x1000 | 0x2000;
    private static final long NEVER = Long.MAX_VALUE;

    AccountState of(long userAccountControl, long accountExpires, long pwdLastSet, long now) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        if (has(userAccountControl, DISABLED)) {
            flags.add(Flag.DISABLED);
        }
        if (accountExpires > 0 && accountExpires < NEVER && accountExpires <= now) {
            flags.add(Flag.ACCOUNT_EXPIRED);
        }
        if (has(userAccountControl, SMARTCARD_REQUIRED)) {
            flags.add(Flag.SMARTCARD_REQUIRED);
        }
        if (has(userAccountControl, DONT_EXPIRE_PASSWORD)) {
            flags.add(Flag.PASSWORD_NEVER_EXPIRES);
        }
        boolean exempt =
                has(userAccountControl, DONT_EXPIRE_PASSWORD | SMARTCARD_REQUIRED | TRUST_ACCOUNTS);
        if (!exempt && pwdLastSet == 0) {
            flags.add(Flag.MUST_CHANGE_PASSWORD);
        } else if (!exempt && maxPasswordAge > 0 && pwdLastSet + maxPasswordAge <= now) {
            flags.add(Flag.PASSWORD_EXPIRED);
        }
        return flags.isEmpty() ? AccountState.ACTIVE : new AccountState(flags);
    }

    private static boolean has(long bits, int any) {
        return (bits & any) != 0;
    }
}
