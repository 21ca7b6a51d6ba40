/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.user;

import io.passbridge.connector.ldif.record.Attribute;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.times.DirectoryTime;
import java.util.OptionalLong;

/** When an entry's password was set, and when the entry was changed last, as far as it says so. */
public final class EntryTimes {
    /** In units of FILETIME, which versions count in. */
    public static final long SECOND = 10_000_000;

    private EntryTimes() {}

    /** The newest time at which the password was set, FILETIME. */
    static OptionalLong password(Entry entry) {
        OptionalLong time = OptionalLong.empty();
        time = later(time, entry, Attribute.PWD_LAST_SET, DirectoryTime::ofFileTime);
        time = later(time, entry, Attribute.SAMBA_PWD_LAST_SET, DirectoryTime::ofEpochSeconds);
        time = later(time, entry, Attribute.PWD_CHANGED_TIME, DirectoryTime::ofGeneralizedTime);
        time = later(time, entry, Attribute.PWD_UPDATE_TIME, DirectoryTime::ofGeneralizedTime);
        time = later(time, entry, Attribute.KRB_LAST_PWD_CHANGE, DirectoryTime::ofGeneralizedTime);
        return time.isPresent()
                ? time
                : later(time, entry, Attribute.SHADOW_LAST_CHANGE, DirectoryTime::ofEpochDays);
    }

    /** The newest time of any change: the entry's version. */
    public static OptionalLong version(Entry entry) {
        OptionalLong time = password(entry);
        time = later(time, entry, Attribute.MODIFY_TIMESTAMP, DirectoryTime::ofGeneralizedTime);
        time = later(time, entry, Attribute.ENTRY_CSN, EntryTimes::ofChangeNumber);
        return later(time, entry, Attribute.WHEN_CHANGED, DirectoryTime::ofGeneralizedTime);
    }

    /** {@code 20261121083102.123456Z#000000#000#000000}: a time, and what makes it unique. */
    private static OptionalLong ofChangeNumber(String text) {
        int hash = text.indexOf('#');
        return hash < 0
                ? OptionalLong.empty()
                : DirectoryTime.ofGeneralizedTime(text.substring(0, hash));
    }

    private static OptionalLong later(
            OptionalLong soFar, Entry entry, Attribute attribute, DirectoryTime.Form form) {
        if (!entry.has(attribute)) {
            return soFar;
        }
        OptionalLong time = entry.text(attribute).map(form::parse).orElse(OptionalLong.empty());
        return time.isPresent() && time.getAsLong() > soFar.orElse(-1) ? time : soFar;
    }
}
