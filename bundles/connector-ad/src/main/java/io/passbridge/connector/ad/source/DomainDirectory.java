/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What is read of the domain over LDAP: objects by GUID, user attributes, expiries, policy. Never a
 * password or hash. One thread at a time; does not close its connection.
 */
final class DomainDirectory {
    private static final int PAGE = 500;
    private static final int GUIDS_A_SEARCH = 100;
    private static final int FOUND_AT_MOST = 10;

    /** SAM_USER_OBJECT and SAM_MACHINE_ACCOUNT (MS-SAMR 2.2.1.9). */
    private static final String PERSONS = "(sAMAccountType=805306368)";

    private static final String COMPUTERS = "(sAMAccountType=805306369)";

    private final LDAPConnection connection;
    private final String namingContext;
    private final String wanted;
    private final AccountReading reading;

    DomainDirectory(LDAPConnection connection, AdSettings settings) {
        this.connection = connection;
        this.namingContext = settings.namingContext();
        this.reading = new AccountReading(settings.people().mapping());
        this.wanted =
                settings.people().objectTypes().contains(AdSettings.COMPUTER)
                        ? "(|" + PERSONS + COMPUTERS + ")"
                        : PERSONS;
    }

    /** Refuses a controller whose own domain is another one than the configured. */
    void requireDomain(ReplicationEndpoint controller) throws ConnectorException {
        SearchResultEntry root = read("", "defaultNamingContext");
        String own = root == null ? null : root.getAttributeValue("defaultNamingContext");
        if (own != null && !namesEqual(own, namingContext)) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    controller
                            + " holds the domain "
                            + own
                            + " and not "
                            + namingContext
                            + "; mend 'domain' or 'controllers', and 'searchBases' if the domain"
                            + " was renamed");
        }
    }

    private static boolean namesEqual(String one, String other) {
        try {
            return DN.equals(one, other);
        } catch (LDAPException e) {
            return false;
        }
    }

    /**
     * {@code maxPwdAge} of the domain as a positive number of 100 ns; 0 if passwords do not expire.
     */
    long maxPasswordAge() throws ConnectorException {
        SearchResultEntry head = read(namingContext, "maxPwdAge");
        Long age = head == null ? null : head.getAttributeValueAsLong("maxPwdAge");
        return age == null || age == Long.MIN_VALUE ? 0 : Math.abs(age);
    }

    /** The present distinguished name of an object, or empty if there is no such object. */
    Optional<String> distinguishedName(UUID guid) throws ConnectorException {
        return Optional.ofNullable(read("<GUID=" + guid + ">", "1.1"))
                .map(SearchResultEntry::getDN);
    }

    /** The GUID of the object with the given name. */
    Optional<UUID> guid(String distinguishedName) throws ConnectorException {
        return Optional.ofNullable(read(distinguishedName, "objectGUID"))
                .map(DomainDirectory::guidOf);
    }

    /** The users at and below an object. */
    List<UUID> usersBelow(UUID container) throws ConnectorException {
        List<UUID> guids = new ArrayList<>();
        search(
                "<GUID=" + container + ">",
                wanted,
                new String[] {"objectGUID"},
                e -> guids.add(guidOf(e)));
        return guids;
    }

    /**
     * The users whose account or password expired within a span of time, which changes nothing that
     * replication would tell of.
     */
    List<UUID> expiredBetween(long from, long to, long maxPasswordAge) throws ConnectorException {
        String accounts = between("accountExpires", from, to);
        String filter =
                maxPasswordAge == 0
                        ? accounts
                        : "(|"
                                + accounts
                                + between("pwdLastSet", from - maxPasswordAge, to - maxPasswordAge)
                                + ")";
        List<UUID> guids = new ArrayList<>();
        search(
                namingContext,
                "(&" + wanted + filter + ")",
                new String[] {"objectGUID"},
                e -> guids.add(guidOf(e)));
        return guids;
    }

    private static String between(String attribute, long from, long to) {
        return "(&(" + attribute + ">=" + (from + 1) + ")(" + attribute + "<=" + to + "))";
    }

    List<Account> accounts(Collection<SourceAnchor> anchors) throws ConnectorException {
        List<Account> found = new ArrayList<>();
        List<Filter> ids = new ArrayList<>();
        for (SourceAnchor anchor : anchors) {
            ids.add(
                    Filter.createEqualityFilter(
                            "objectGUID", bytesOf(UUID.fromString(anchor.value()))));
            if (ids.size() == GUIDS_A_SEARCH) {
                accounts(Filter.createORFilter(ids), found);
                ids.clear();
            }
        }
        if (!ids.isEmpty()) {
            accounts(Filter.createORFilter(ids), found);
        }
        return found;
    }

    List<Account> find(String name) throws ConnectorException {
        List<Filter> fits = new ArrayList<>();
        for (String attribute : List.of("sAMAccountName", "userPrincipalName", "mail", "cn")) {
            fits.add(Filter.createEqualityFilter(attribute, name));
        }
        try {
            fits.add(Filter.createEqualityFilter("objectGUID", bytesOf(UUID.fromString(name))));
        } catch (IllegalArgumentException notAnAnchor) {
            // a name, then
        }
        List<Account> found = new ArrayList<>();
        accounts(Filter.createORFilter(fits), found);
        return found.size() > FOUND_AT_MOST ? found.subList(0, FOUND_AT_MOST) : found;
    }

    private void accounts(Filter filter, List<Account> into) throws ConnectorException {
        search(
                namingContext,
                filter.toString(),
                reading.attributes(),
                e -> into.add(reading.account(new SourceAnchor(guidOf(e).toString()), e)));
    }

    /**
     * The object identifiers of what a user object is made of, from the domain's schema.
     *
     * @throws ConnectorException of kind {@code CONFIGURATION} if it does not know an attribute
     */
    Set<String> watched() throws ConnectorException {
        SearchResultEntry root = read("", "schemaNamingContext");
        String schema = root == null ? "" : root.getAttributeValue("schemaNamingContext");
        List<Filter> names = new ArrayList<>();
        Set<String> missing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : reading.watched()) {
            names.add(Filter.createEqualityFilter("lDAPDisplayName", name));
            missing.add(name);
        }
        Set<String> oids = new TreeSet<>();
        search(
                schema,
                Filter.createORFilter(names).toString(),
                new String[] {"lDAPDisplayName", "attributeID"},
                e -> {
                    missing.remove(e.getAttributeValue("lDAPDisplayName"));
                    oids.add(e.getAttributeValue("attributeID"));
                });
        if (!missing.isEmpty()) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "the domain's schema has no attribute "
                            + String.join(", ", missing)
                            + "; correct 'attributes'");
        }
        return oids;
    }

    SearchResultEntry read(String base, String... attributes) throws ConnectorException {
        try {
            return connection.getEntry(base, attributes);
        } catch (LDAPException e) {
            throw LdapFailure.ofSearch(e);
        }
    }

    /** A paged search; an incomplete answer is an error, never a short list. */
    void search(String base, String filter, String[] attributes, Consumer<SearchResultEntry> each)
            throws ConnectorException {
        try {
            SearchRequest request = new SearchRequest(base, SearchScope.SUB, filter, attributes);
            ASN1OctetString cookie = null;
            do {
                request.setControls(new SimplePagedResultsControl(PAGE, cookie, true));
                SearchResult result = connection.search(request);
                result.getSearchEntries().forEach(each);
                SimplePagedResultsControl more = SimplePagedResultsControl.get(result);
                cookie = more != null && more.moreResultsToReturn() ? more.getCookie() : null;
            } while (cookie != null);
        } catch (LDAPSearchException e) {
            if (e.getResultCode() != ResultCode.NO_SUCH_OBJECT) {
                throw LdapFailure.ofSearch(e);
            }
        } catch (LDAPException e) {
            throw LdapFailure.ofSearch(e);
        }
    }

    /** objectGUID as a UUID: the first three fields are little-endian (MS-DTYP 2.3.4.2). */
    static UUID guidOf(SearchResultEntry entry) {
        ByteBuffer raw =
                ByteBuffer.wrap(entry.getAttributeValueBytes("objectGUID"))
                        .order(ByteOrder.LITTLE_ENDIAN);
        long first =
                (raw.getInt() & 0xFFFF_FFFFL) << 32
                        | (raw.getShort() & 0xFFFFL) << 16
                        | raw.getShort() & 0xFFFFL;
        return new UUID(first, raw.order(ByteOrder.BIG_ENDIAN).getLong());
    }

    static byte[] bytesOf(UUID guid) {
        long first = guid.getMostSignificantBits();
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (first >>> 32))
                .putShort((short) (first >>> 16))
                .putShort((short) first)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(guid.getLeastSignificantBits())
                .array();
    }
}
