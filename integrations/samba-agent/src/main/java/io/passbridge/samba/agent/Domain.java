/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.unixsocket.UnixSockets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The receiving domain, over the Unix-domain socket of Samba that only root can reach and behind
 * which everything runs as the system itself. Used by one thread.
 */
final class Domain implements AutoCloseable {
    /**
     * DSDB_CONTROL_BYPASS_PASSWORD_HASH_OID: stores the values of secret attributes as they are.
     * Samba takes it over this socket alone; it is what its own tools use.
     */
    private static final Control AS_THEY_ARE = new Control("1.3.6.1.4.1.7165.4.3.12", true);

    private static final String[] ATTRIBUTES = {
        Mark.ATTRIBUTE,
        "sAMAccountName",
        "displayName",
        "givenName",
        "sn",
        "mail",
        "memberOf",
        "pwdLastSet",
        "msDS-KeyVersionNumber"
    };

    private final Path socket;
    private final String unit;
    private final Optional<DN> group;
    private final Map<SourceAnchor, String> places = new HashMap<>();
    private LDAPConnection connection;
    private boolean learnt;

    /**
     * @param unit the organisational unit that holds the users
     * @param group whose members they become
     */
    Domain(Path socket, String unit, Optional<DN> group) {
        this.socket = socket;
        this.unit = unit;
        this.group = group;
    }

    /** What an agent's folder is configured with. */
    static Domain of(AgentFolder folder) throws IOException, LDAPException {
        String group = folder.optional("group");
        return new Domain(
                Path.of(folder.setting("socket")),
                folder.setting("unit"),
                group.isEmpty() ? Optional.empty() : Optional.of(new DN(group)));
    }

    String unit() {
        return unit;
    }

    /** The domain's DNS name. */
    String name() throws LDAPException {
        String context = connection().getRootDSE().getAttributeValue("defaultNamingContext");
        StringBuilder name = new StringBuilder();
        for (RDN part : new DN(context).getRDNs()) {
            name.append(name.isEmpty() ? "" : ".").append(part.getAttributeValues()[0]);
        }
        return name.toString();
    }

    /** Makes sure that unit and group are there. */
    void check() throws LDAPException {
        if (connection().getEntry(unit, "1.1") == null) {
            throw new LDAPException(
                    ResultCode.NO_SUCH_OBJECT, "there is no organisational unit " + unit);
        }
        if (group.isPresent() && connection().getEntry(group.get().toString(), "1.1") == null) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "there is no group " + group.get());
        }
    }

    /** The entry of a user that the agent made, if it is still in the unit. */
    Optional<SearchResultEntry> find(SourceAnchor anchor) throws LDAPException {
        Optional<SearchResultEntry> known = at(places.get(anchor), anchor);
        if (known.isPresent()) {
            return known;
        }
        if (learnt) {
            return Optional.empty();
        }
        learn();
        return at(places.get(anchor), anchor);
    }

    private Optional<SearchResultEntry> at(String place, SourceAnchor anchor) throws LDAPException {
        if (place == null) {
            return Optional.empty();
        }
        SearchResultEntry entry = connection().getEntry(place, ATTRIBUTES);
        return Optional.ofNullable(entry)
                .filter(
                        e ->
                                Mark.read(e.getAttributeValue(Mark.ATTRIBUTE))
                                        .filter(mark -> mark.anchor().equals(anchor))
                                        .isPresent());
    }

    /**
     * A request begins: over a connection of its own, since Samba may have been restarted, and
     * whoever is not where they were is looked for once.
     */
    void request() {
        learnt = false;
        close();
    }

    private void learn() throws LDAPException {
        learnt = true;
        places.clear();
        SearchRequest all = new SearchRequest(unit, SearchScope.SUB, Mark.FILTER, Mark.ATTRIBUTE);
        for (SearchResultEntry entry : connection().search(all).getSearchEntries()) {
            Mark.read(entry.getAttributeValue(Mark.ATTRIBUTE))
                    .ifPresent(mark -> places.put(mark.anchor(), entry.getDN()));
        }
    }

    /** What is noted of everybody whom the agent made and who is still in the unit. */
    List<Mark> marks() throws LDAPException {
        SearchRequest all = new SearchRequest(unit, SearchScope.SUB, Mark.FILTER, Mark.ATTRIBUTE);
        return connection().search(all).getSearchEntries().stream()
                .flatMap(entry -> Mark.read(entry.getAttributeValue(Mark.ATTRIBUTE)).stream())
                .toList();
    }

    void add(SourceAnchor anchor, String login, List<Attribute> attributes) throws LDAPException {
        String place = new DN(new RDN("CN", login), new DN(unit)).toString();
        connection().add(place, attributes);
        places.put(anchor, place);
    }

    /**
     * Makes somebody a member of the group, if there is one and they are not in it.
     *
     * @return whether that was needed
     */
    boolean join(SearchResultEntry entry) throws LDAPException {
        if (group.isEmpty()) {
            return false;
        }
        String[] groups = entry.getAttributeValues("memberOf");
        for (String one : groups == null ? new String[0] : groups) {
            if (new DN(one).equals(group.get())) {
                return false;
            }
        }
        connection()
                .modify(
                        group.get().toString(),
                        new Modification(ModificationType.ADD, "member", entry.getDN()));
        return true;
    }

    /** Ordinary changes, under the rules of the directory. */
    void modify(String place, List<Modification> changes) throws LDAPException {
        connection().modify(place, changes);
    }

    /** One transaction; the values of secret attributes are stored as they are. */
    void write(String place, List<Modification> changes) throws LDAPException {
        ModifyRequest request = new ModifyRequest(place, changes);
        request.addControl(AS_THEY_ARE);
        connection().modify(request);
    }

    void rename(SourceAnchor anchor, String place, String login) throws LDAPException {
        RDN name = new RDN("CN", login);
        DN now = new DN(place);
        if (!now.getRDN().equals(name)) {
            connection().modifyDN(new ModifyDNRequest(place, name.toString(), true));
            places.put(anchor, new DN(name, now.getParent()).toString());
        }
    }

    private LDAPConnection connection() throws LDAPException {
        if (connection == null) {
            LDAPConnectionOptions options = new LDAPConnectionOptions();
            options.setUseSynchronousMode(true);
            connection = new LDAPConnection(new UnixSockets(socket), options, "127.0.0.1", 1);
        }
        return connection;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
