/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import com.unboundid.ldap.sdk.Entry;
import io.passbridge.times.DirectoryTime;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** When a password was set, and when an entry was changed last, as far as the server says so. */
public final class EntryTimes {
    /** The second in which an entry was changed last (RFC 4512 section 3.4.2). */
    public static final String MODIFIED = "modifyTimestamp";

    /** Of ppolicy, and of 389 Directory Server with {@code passwordTrackUpdateTime}. */
    private static final List<String> PASSWORD = List.of("pwdChangedTime", "pwdUpdateTime");

    /** {@code 20261121083102.123456Z#000000#000#000000}: a time, and what makes it unique. */
    public static final String CHANGE_NUMBER = "entryCSN";

    private static final String CREATED = "createTimestamp";

    static final List<String> ATTRIBUTES =
            List.of("pwdChangedTime", "pwdUpdateTime", CHANGE_NUMBER, MODIFIED, CREATED);

    private EntryTimes() {}

    /** The attributes without those that the change sequence number makes superfluous. */
    public static String[] leanly(String... attributes) {
        return Arrays.stream(attributes)
                .filter(name -> !name.equals(MODIFIED) && !name.equals(CREATED))
                .toArray(String[]::new);
    }

    /** When the password was set, FILETIME; empty if the server does not say. */
    static OptionalLong password(Entry entry) {
        OptionalLong latest = OptionalLong.empty();
        for (String attribute : PASSWORD) {
            latest = later(latest, entry, attribute);
        }
        return latest;
    }

    /** When the entry was changed, FILETIME; 0 if the server does not say. */
    static long changed(Entry entry) {
        OptionalLong latest = later(OptionalLong.empty(), entry, MODIFIED);
        latest = later(latest, entry, CREATED);
        String number = entry.getAttributeValue(CHANGE_NUMBER);
        int hash = number == null ? -1 : number.indexOf('#');
        if (hash > 0) {
            OptionalLong exact = DirectoryTime.ofGeneralizedTime(number.substring(0, hash));
            return Math.max(exact.orElse(0), latest.orElse(0));
        }
        return latest.orElse(0);
    }

    private static OptionalLong later(OptionalLong soFar, Entry entry, String attribute) {
        String text = entry.getAttributeValue(attribute);
        OptionalLong time =
                text == null ? OptionalLong.empty() : DirectoryTime.ofGeneralizedTime(text);
        return time.isPresent() && time.getAsLong() > soFar.orElse(-1) ? time : soFar;
    }
}
