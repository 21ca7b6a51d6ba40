/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.files.WholeFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

/**
 * Which objects are synchronised: users of the configured types at or below the configured
 * organisational units. A unit is looked up by name once and then followed by its GUID, so that
 * renaming or moving it changes nothing.
 */
final class Scope {
    private static final String OID_USER = "1.2.840.113556.1.5.9";
    private static final String OID_COMPUTER = "1.2.840.113556.1.3.30";
    private static final String OID_INET_ORG_PERSON = "2.16.840.1.113730.3.2.2";

    private final Set<String> types;
    private final List<DN> bases;

    private Scope(Set<String> types, List<DN> bases) {
        this.types = types;
        this.bases = bases;
    }

    /** The units at the given names. */
    static Scope of(Set<String> types, List<String> names) throws LDAPException {
        List<DN> bases = new ArrayList<>();
        for (String name : names) {
            bases.add(new DN(name));
        }
        return new Scope(types, bases);
    }

    /**
     * Finds out where the configured units stand now.
     *
     * @param memory file that remembers the GUID of each configured name
     */
    static Scope locate(AdSettings settings, DomainDirectory directory, Path memory)
            throws ConnectorException {
        try {
            Properties known = load(memory);
            List<String> present = new ArrayList<>();
            for (String name : settings.people().searchBases()) {
                present.add(follow(name, known, directory));
            }
            if (known.keySet().retainAll(settings.people().searchBases())
                    || !known.equals(load(memory))) {
                save(memory, known);
            }
            return of(settings.people().objectTypes(), present);
        } catch (LDAPException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "searchBases holds no distinguished name: " + e.getMessage());
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION, memory + " cannot be read or written: " + e.getMessage());
        }
    }

    private static String follow(String name, Properties known, DomainDirectory directory)
            throws ConnectorException {
        String remembered = known.getProperty(name);
        if (remembered != null) {
            Optional<String> present = directory.distinguishedName(UUID.fromString(remembered));
            if (present.isPresent()) {
                return present.get();
            }
        }
        UUID guid =
                directory
                        .guid(name)
                        .orElseThrow(
                                () ->
                                        new ConnectorException(
                                                Kind.CONFIGURATION,
                                                "the search base '"
                                                        + name
                                                        + "' is not in the domain; mend"
                                                        + " searchBases"));
        known.setProperty(name, guid.toString());
        return directory.distinguishedName(guid).orElse(name);
    }

    private static Properties load(Path memory) throws IOException {
        Properties known = new Properties();
        if (Files.exists(memory)) {
            try (Reader in = Files.newBufferedReader(memory)) {
                known.load(in);
            }
        }
        return known;
    }

    private static void save(Path memory, Properties known) throws IOException {
        WholeFile.write(
                memory,
                out ->
                        known.store(
                                new OutputStreamWriter(out, StandardCharsets.UTF_8),
                                "Organisational units in scope, by their GUIDs"));
    }

    /** Whether the object is a user of a wanted type; a deleted object counts as what it was. */
    boolean isWantedType(ReplicaObject object) {
        List<String> classes = object.objectClasses();
        if (!classes.contains(OID_USER)
                || object.sid().isEmpty()
                || !(object.deleted() || object.carries(DirectoryAttribute.SAM_ACCOUNT_NAME))) {
            return false;
        }
        String type =
                classes.contains(OID_COMPUTER)
                        ? AdSettings.COMPUTER
                        : classes.contains(OID_INET_ORG_PERSON)
                                ? AdSettings.INET_ORG_PERSON
                                : AdSettings.USER;
        return types.contains(type);
    }

    /**
     * Whether the object stands at or below one of the units.
     *
     * @throws LDAPException if its name cannot be understood, which says nothing about its place
     */
    boolean includes(ReplicaObject object) throws LDAPException {
        if (bases.isEmpty()) {
            return true;
        }
        DN place = new DN(object.distinguishedName());
        for (DN base : bases) {
            if (place.isDescendantOf(base, true)) {
                return true;
            }
        }
        return false;
    }
}
