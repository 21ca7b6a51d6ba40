/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.Filter;

/**
 * What is asked of a server.
 *
 * @param base at or below which users stand
 * @param filter what they match
 * @param attributes what is wanted of them
 */
record Query(String base, Filter filter, String... attributes) {
    Query with(Filter further) {
        return new Query(base, Filter.createANDFilter(filter, further), attributes);
    }

    Query asking(String... others) {
        return new Query(base, filter, others);
    }
}
