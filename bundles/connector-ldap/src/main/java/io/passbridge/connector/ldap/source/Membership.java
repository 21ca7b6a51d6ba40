/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.settings.Places;
import io.passbridge.connector.ldap.settings.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is in the places and belongs to the groups of the scope at one moment, through groups in
 * groups as well: by distinguished name ({@code member}, {@code uniqueMember}) or by login name
 * ({@code memberUid}).
 */
final class Membership {
    private static final Filter GROUPS =
            Filter.createORFilter(
                    List.of("groupOfNames", "groupOfUniqueNames", "groupOfMembers", "posixGroup")
                            .stream()
                            .map(name -> Filter.createEqualityFilter("objectClass", name))
                            .toList());
    private static final String[] MEMBERS = {"member", "uniqueMember"};
    private static final String LOGINS = "memberUid";
    private static final int PAGE = 500;
    private static final int SHOWN_BYTES = 8;

    /** Of a scope without groups: everybody. */
    private static final String EVERYBODY = "-";

    private final Places places;
    private final Set<String> names;
    private final Set<String> logins;
    private final String hash;

    private Membership(Places places, Set<String> names, Set<String> logins, String hash) {
        this.places = places;
        this.names = names;
        this.logins = logins;
        this.hash = hash;
    }

    /**
     * Reads the groups.
     *
     * @throws ConnectorException of kind {@code CONFIGURATION} if one of the scope's is not there
     */
    static Membership read(LDAPInterface directory, ServerFacts facts, Scope scope)
            throws LDAPException, ConnectorException {
        if (scope.groups().isEmpty()) {
            return new Membership(scope.places(), Set.of(), Set.of(), EVERYBODY);
        }
        Map<String, Entry> groups = new HashMap<>();
        Set<String> trees = new HashSet<>(facts.contexts());
        trees.addAll(scope.groups());
        for (String tree : trees) {
            PagedSearch search =
                    new PagedSearch(
                            directory,
                            new Query(tree, GROUPS, MEMBERS[0], MEMBERS[1], LOGINS),
                            PAGE);
            Optional<SearchResultEntry> group = search.next();
            while (group.isPresent()) {
                groups.put(DN.normalize(group.get().getDN()), group.get());
                group = search.next();
            }
        }
        return closure(groups, scope);
    }

    private static Membership closure(Map<String, Entry> groups, Scope scope)
            throws LDAPException, ConnectorException {
        Set<String> names = new TreeSet<>();
        Set<String> logins = new TreeSet<>();
        Set<String> visited = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        for (String root : scope.groups()) {
            String name = DN.normalize(root);
            if (!groups.containsKey(name)) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "the group '"
                                + root
                                + "' is not there, or hidden from the account; correct groups or"
                                + " the account's rights");
            }
            open.add(name);
        }
        while (!open.isEmpty()) {
            String name = open.poll();
            if (visited.add(name)) {
                Entry group = groups.get(name);
                for (String member : members(group)) {
                    (groups.containsKey(member) ? open : names).add(member);
                }
                String[] some = group.getAttributeValues(LOGINS);
                for (String login : some == null ? new String[0] : some) {
                    logins.add(login.toLowerCase(Locale.ROOT));
                }
            }
        }
        return new Membership(scope.places(), names, logins, hash(names, logins));
    }

    private static List<String> members(Entry group) {
        List<String> members = new ArrayList<>();
        for (String attribute : MEMBERS) {
            String[] some = group.getAttributeValues(attribute);
            for (String member : some == null ? new String[0] : some) {
                if (DN.isValidDN(member)) {
                    members.add(normal(member));
                }
            }
        }
        return members;
    }

    private static String normal(String name) {
        try {
            return DN.normalize(name);
        } catch (LDAPException e) {
            return name;
        }
    }

    private static String hash(Set<String> names, Set<String> logins) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Set<String> some : List.of(names, logins)) {
                for (String one : some) {
                    digest.update((one + "\n").getBytes(StandardCharsets.UTF_8));
                }
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /**
     * @param login the entry's login name
     */
    boolean includes(Entry entry, Optional<String> login) {
        boolean member =
                hash.equals(EVERYBODY)
                        || names.contains(normal(entry.getDN()))
                        || login.filter(name -> logins.contains(name.toLowerCase(Locale.ROOT)))
                                .isPresent();
        return member && places.hold(entry.getDN());
    }

    /** Changes with the members. */
    String hash() {
        return hash;
    }
}
