/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import java.util.UUID;

/**
 * A domain controller as its domain describes it (MS-DRSR 4.1.5.1.8, DS_DOMAIN_CONTROLLER_INFO_2W
 * and _3W). Texts are empty where the controller gave none.
 *
 * @param netbiosName short name
 * @param dnsHostName full DNS name
 * @param siteName the site it belongs to
 * @param primary whether it holds the primary domain controller role
 * @param enabled whether its directory service is enabled
 * @param globalCatalog whether it is a global catalogue
 * @param readOnly whether it is a read-only controller, which does not give password hashes
 * @param computerDn distinguished name of its computer account
 * @param ntdsDsaGuid objectGUID of its settings object
 */
public record DomainControllerInfo(
        String netbiosName,
        String dnsHostName,
        String siteName,
        boolean primary,
        boolean enabled,
        boolean globalCatalog,
        boolean readOnly,
        String computerDn,
        UUID ntdsDsaGuid) {}
