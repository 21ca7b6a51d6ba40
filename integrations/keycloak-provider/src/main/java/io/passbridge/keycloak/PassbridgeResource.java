/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.keycloak.Result.Status;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * {@code /admin/realms/REALM/passbridge}: what this provider can do, and users and passwords in
 * batches.
 *
 * <p>An item that fails takes nobody with it. Whoever asks needs the role {@code manage-users}.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class PassbridgeResource {
    /** The connector refuses to talk to a provider of another number. */
    private static final int CONTRACT = 1;

    private static final Logger LOG = Logger.getLogger(PassbridgeResource.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator rights;
    private final AdminEventBuilder events;

    PassbridgeResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator rights,
            AdminEventBuilder events) {
        this.session = session;
        this.realm = realm;
        this.rights = rights;
        this.events = events;
    }

    /** What this provider can do. */
    @GET
    public String describe() {
        rights.users().requireManage();
        ObjectNode description =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("provider", PassbridgeResourceFactory.version())
                        .put("contract", CONTRACT)
                        .put("defaultHashProvider", HashFactory.serverDefault(session))
                        .put("rehashRace", HashFactory.rehashes(session, realm))
                        .put("upgrade", Upgrade.wanted(realm))
                        .put("users", true)
                        .put("rehearses", true)
                        .put("namesAreFixed", !realm.isEditUsernameAllowed())
                        .put("maxItems", BoundedRequest.MAX_ITEMS)
                        .put("maxBytes", BoundedRequest.MAX_BYTES);
        ArrayNode schemes = description.putArray("schemes");
        new TreeSet<>(Digests.schemes()).forEach(schemes::add);
        return description.toString();
    }

    /** Writes passwords and states; answers one result for each item, in their order. */
    @POST
    @Path("passwords")
    @Consumes(MediaType.APPLICATION_JSON)
    public String write(InputStream body) {
        rights.users().requireManage();
        List<JsonNode> items = BoundedRequest.list(body, "items");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode results = answer.putArray("results");
        List<Result> written = new Batch<>(session, new PasswordItems(realm, events)).write(items);
        for (int i = 0; i < items.size(); i++) {
            boolean endSessions = items.get(i).path("endSessions").asBoolean(false);
            results.add((endSessions ? withoutSessions(written.get(i)) : written.get(i)).json());
        }
        return answer.toString();
    }

    /** Makes users and keeps them up to date; answers one result for each item, in their order. */
    @POST
    @Path("users")
    @Consumes(MediaType.APPLICATION_JSON)
    public String users(InputStream body) {
        rights.users().requireManage();
        JsonNode request = BoundedRequest.read(body);
        UserWriter.Rules rules =
                new UserWriter.Rules(
                        request.path("anchorAttribute").asText(""),
                        request.path("match").asText("anchor"),
                        request.path("create").asBoolean(false),
                        request.path("rehearse").asBoolean(false));
        if (rules.anchorAttribute().isBlank()) {
            throw BoundedRequest.refused(400, "the request has no text 'anchorAttribute'");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode results = answer.putArray("results");
        new Batch<>(session, new UserItems(events, rules))
                .write(BoundedRequest.list(request, "items"))
                .forEach(result -> results.add(result.json()));
        return answer.toString();
    }

    /** The versions of the passwords that users have; empty texts where they have no such one. */
    @POST
    @Path("passwords/versions")
    @Consumes(MediaType.APPLICATION_JSON)
    public String versions(InputStream body) {
        rights.users().requireManage();
        List<JsonNode> ids = BoundedRequest.list(body, "ids");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode results = answer.putArray("results");
        for (JsonNode id : ids) {
            UserModel user = UserRow.users(session).getUserById(realm, id.asText());
            Optional<ChangeVersion> version =
                    Optional.ofNullable(user).flatMap(ItemWriter::password).flatMap(Label::version);
            results.addObject()
                    .put("id", id.asText())
                    .put("version", version.map(ChangeVersion::toString).orElse(""));
        }
        return answer.toString();
    }

    private Result withoutSessions(Result written) {
        if (written.status() != Status.APPLIED) {
            return written;
        }
        try {
            endSessions(written.id());
            return written;
        } catch (RuntimeException e) {
            LOG.infof(
                    "sessions of user %s are to be ended again: %s",
                    written.id(), e.getClass().getName());
            LOG.debug("the reason", e);
            return new Result(written.id(), Status.RETRY, e.getClass().getSimpleName());
        }
    }

    private void endSessions(String id) {
        UserModel user = session.users().getUserById(realm, id);
        if (user == null) {
            return;
        }
        List<UserSessionModel> open =
                session.sessions().getUserSessionsStream(realm, user).toList();
        for (UserSessionModel one : open) {
            AuthenticationManager.backchannelLogout(
                    session,
                    realm,
                    one,
                    session.getContext().getUri(),
                    session.getContext().getConnection(),
                    session.getContext().getHttpRequest().getHttpHeaders(),
                    true);
        }
    }
}
