/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

/**
 * The answer for one name (MS-DRSR 4.1.4.1.9, DS_NAME_RESULT_ITEMW).
 *
 * @param status 0 when the name was found, else a DS_NAME_ERROR: 2 not found, 3 not unique, 4 no
 *     mapping
 * @param dnsDomain DNS name of the object's domain, may be empty
 * @param name the name in the wanted format, may be empty
 */
public record CrackedName(int status, String dnsDomain, String name) {
    /** Whether the name was translated. */
    public boolean found() {
        return status == 0;
    }
}
