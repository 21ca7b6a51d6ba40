/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import java.time.Duration;

/**
 * How changes are found.
 *
 * @param strategy which way
 * @param poll how often to look for changes that nobody tells of
 * @param list how often those who are there are listed, to notice those who are gone, where the
 *     server does not tell
 * @param overlap how far back each look by time reaches again
 * @param policy distinguished name of the password policy of users who name none, or empty
 * @param pageSize entries that are asked for at once
 */
public record Reading(
        StrategyChoice strategy,
        Duration poll,
        Duration list,
        Duration overlap,
        String policy,
        int pageSize) {
    /** A way to find changes. */
    public enum StrategyChoice {
        /** The best that the server offers. */
        AUTO("auto"),
        CONTENT_SYNC("content-sync"),
        RETRO_CHANGELOG("retro-changelog"),
        MODIFY_TIMESTAMP("modify-timestamp");

        private final String text;

        StrategyChoice(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
