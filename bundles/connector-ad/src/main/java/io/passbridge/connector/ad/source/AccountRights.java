/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.ConnectorException;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Looks whether the account has more rights than it needs, and says which commands grant exactly
 * the two that it does (MS-ADTS 5.1.3.2.1, DS-Replication-Get-Changes and
 * DS-Replication-Get-Changes-All).
 */
final class AccountRights {
    /** Relative identifiers of groups that hold far more than two rights (MS-DTYP 2.4.2.4). */
    private static final Map<Integer, String> MIGHTY =
            Map.of(
                    512, "Domain Admins",
                    518, "Schema Admins",
                    519, "Enterprise Admins",
                    520, "Group Policy Creator Owners",
                    526, "Key Admins",
                    527, "Enterprise Key Admins",
                    544, "Administrators",
                    548, "Account Operators",
                    549, "Server Operators",
                    551, "Backup Operators");

    private final AdSettings settings;
    private final DomainDirectory directory;

    AccountRights(AdSettings settings, DomainDirectory directory) {
        this.settings = settings;
        this.directory = directory;
    }

    void inspect(AccountNames names, List<Finding> findings) throws ConnectorException {
        String subject = "account " + names.userPrincipalName();
        SearchResultEntry self = entryOf(directory, settings, names, "1.1");
        if (self == null) {
            findings.add(
                    Finding.note(
                            subject,
                            "it cannot find itself in the domain, so its groups were not looked at",
                            "let it read its own object"));
            return;
        }
        SearchResultEntry entry =
                directory.read(
                        self.getDN(), "tokenGroups", "allowedAttributesEffective", "adminCount");
        List<String> mighty = mightyGroups(entry);
        if (!mighty.isEmpty()) {
            findings.add(
                    Finding.warning(
                            subject,
                            "it belongs to "
                                    + String.join(", ", mighty)
                                    + ", which is far more than it needs",
                            "take it out of these groups; " + grantCommands(settings)));
        }
        SearchResultEntry head =
                directory.read(settings.namingContext(), "allowedAttributesEffective");
        int writable = count(head);
        if (writable > 0) {
            findings.add(
                    Finding.warning(
                            subject,
                            "it may write "
                                    + Finding.count(writable, "attribute", "attributes")
                                    + " of the domain's head",
                            "remove its write rights; " + grantCommands(settings)));
        }
        if (mighty.isEmpty() && writable == 0) {
            findings.add(
                    Finding.ok(
                            subject,
                            "it has no rights that it does not need, as far as can be seen"));
        }
    }

    private static int count(SearchResultEntry head) {
        String[] values =
                head == null ? null : head.getAttributeValues("allowedAttributesEffective");
        return values == null ? 0 : values.length;
    }

    private static List<String> mightyGroups(SearchResultEntry entry) {
        byte[][] sids = entry == null ? null : entry.getAttributeValueByteArrays("tokenGroups");
        Set<String> names = new HashSet<>();
        for (byte[] sid : sids == null ? new byte[0][] : sids) {
            // the relative identifier is the last four bytes, little-endian (MS-DTYP 2.4.2.2)
            int at = sid.length - Integer.BYTES;
            int rid =
                    sid[at] & 0xFF
                            | (sid[at + 1] & 0xFF) << 8
                            | (sid[at + 2] & 0xFF) << 16
                            | (sid[at + 3] & 0xFF) << 24;
            if (MIGHTY.containsKey(rid)) {
                names.add(MIGHTY.get(rid));
            }
        }
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(null);
        return sorted;
    }

    static SearchResultEntry entryOf(
            DomainDirectory directory, AdSettings settings, AccountNames names, String attribute)
            throws ConnectorException {
        List<SearchResultEntry> found = new ArrayList<>();
        directory.search(
                settings.namingContext(),
                Filter.createEqualityFilter("sAMAccountName", names.userName()).toString(),
                new String[] {attribute},
                found::add);
        return found.isEmpty() ? null : found.get(0);
    }

    /** What an administrator runs to give exactly the two rights. */
    static String grantCommands(AdSettings settings) {
        String head = settings.namingContext();
        String netbios = settings.domain().split("\\.")[0].toUpperCase(Locale.ROOT);
        return String.join(
                System.lineSeparator(),
                "grant exactly the two rights to the account (here "
                        + netbios
                        + "\\svc-sync), one of:",
                "  dsacls \""
                        + head
                        + "\" /G \""
                        + netbios
                        + "\\svc-sync:CA;Replicating Directory Changes\""
                        + " \""
                        + netbios
                        + "\\svc-sync:CA;Replicating Directory Changes All\"",
                "  PowerShell: Import-Module ADSyncConfig; Set-ADSyncPasswordHashSyncPermissions"
                        + " -ADConnectorAccountName svc-sync -ADConnectorAccountDomain "
                        + settings.domain(),
                "  samba-tool dsacl set --objectdn="
                        + head
                        + " --sddl=\"(OA;;CR;1131f6aa-9c07-11d1-f79f-00c04fc2dcd2;;SID)"
                        + "(OA;;CR;1131f6ad-9c07-11d1-f79f-00c04fc2dcd2;;SID)\"");
    }
}
