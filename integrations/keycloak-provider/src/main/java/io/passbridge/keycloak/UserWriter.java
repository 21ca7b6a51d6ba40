/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import io.passbridge.keycloak.Result.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.userprofile.UserProfile;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.ValidationException;

/**
 * Makes users and keeps them up to date, within one transaction and under the realm's user profile,
 * as Keycloak's own administration interface does.
 */
final class UserWriter {
    /** Keycloak keeps these in lower case. */
    private static final Set<String> CASELESS = Set.of(UserModel.USERNAME, UserModel.EMAIL);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Rules rules;
    private final Map<String, List<String>> owners;

    /**
     * What a request says of all its items.
     *
     * @param anchorAttribute the user attribute that holds the anchor
     * @param match {@code username}, {@code email} or {@code anchor}: how a user without an anchor
     *     is taken over
     * @param create whether missing users are made
     * @param rehearse whether nothing is written, and only told what would be
     */
    record Rules(String anchorAttribute, String match, boolean create, boolean rehearse) {}

    /**
     * @param session of the transaction
     * @param owners the ids of the users who carry the items' anchors
     */
    UserWriter(
            KeycloakSession session,
            RealmModel realm,
            Rules rules,
            Map<String, List<String>> owners) {
        this.session = session;
        this.realm = realm;
        this.rules = rules;
        this.owners = owners;
    }

    /**
     * Writes one item; what is not applied has written nothing.
     *
     * @throws NameTaken if the transaction is to be rolled back
     */
    UserResult write(UserItem item) {
        try {
            return find(item);
        } catch (ValidationException e) {
            return refused(item, e);
        } catch (ModelDuplicateException e) {
            throw new NameTaken(
                    UserResult.of(item, "", Status.CONFLICT, "username or email is taken"));
        }
    }

    private UserResult find(UserItem item) {
        List<UserModel> own =
                owners.getOrDefault(item.anchor(), List.of()).stream()
                        .map(id -> users().getUserById(realm, id))
                        .filter(Objects::nonNull)
                        .toList();
        if (own.size() > 1) {
            String names =
                    own.stream().map(UserModel::getUsername).collect(Collectors.joining(", "));
            return UserResult.of(
                    item,
                    "",
                    Status.CONFLICT,
                    "several users have this %s: %s; leave it to one of them"
                            .formatted(rules.anchorAttribute(), names));
        }
        if (!own.isEmpty()) {
            return update(own.get(0), item);
        }
        Optional<UserModel> match = match(item);
        if (match.isEmpty()) {
            return rules.create()
                    ? create(item)
                    : UserResult.of(item, "", Status.NO_SUCH_USER, "no user of the realm fits");
        }
        String owner = anchor(match.get());
        return owner.isEmpty()
                ? update(match.get(), item)
                : UserResult.of(
                        item,
                        "",
                        Status.CONFLICT,
                        "user '%s' carries %s '%s' already"
                                .formatted(
                                        match.get().getUsername(), rules.anchorAttribute(), owner));
    }

    private String anchor(UserModel user) {
        String anchor = user.getFirstAttribute(rules.anchorAttribute());
        return anchor == null ? "" : anchor;
    }

    private Optional<UserModel> match(UserItem item) {
        switch (rules.match()) {
            case "username":
                return Optional.ofNullable(users().getUserByUsername(realm, item.username()));
            case "email":
                return item.email().isEmpty()
                        ? Optional.empty()
                        : Optional.ofNullable(users().getUserByEmail(realm, item.email()));
            default:
                return Optional.empty();
        }
    }

    private UserProvider users() {
        return UserRow.users(session);
    }

    private UserProfileProvider profiles() {
        return session.getProvider(UserProfileProvider.class);
    }

    private UserResult create(UserItem item) {
        Map<String, List<String>> attributes = new HashMap<>(item.attributes());
        attributes.values().removeIf(List::isEmpty);
        UserProfile profile = profiles().create(UserProfileContext.USER_API, attributes);
        profile.validate();
        if (rules.rehearse()) {
            return UserResult.of(item, "", Status.APPLIED, "made");
        }
        UserModel user = profile.create();
        user.setEnabled(true);
        return new UserResult(item.anchor(), true, new Result(user.getId(), Status.APPLIED, ""));
    }

    private UserResult update(UserModel found, UserItem item) {
        String differences = differences(found, item);
        if (differences.isEmpty()) {
            return UserResult.of(item, found.getId(), Status.ALREADY, "");
        }
        if (rules.rehearse()) {
            Map<String, List<String>> wanted = new HashMap<>(found.getAttributes());
            wanted.putAll(item.attributes());
            wanted.values().removeIf(List::isEmpty);
            profiles().create(UserProfileContext.USER_API, wanted, found).validate();
            return UserResult.of(item, found.getId(), Status.APPLIED, differences);
        }
        Optional<UserRow> locked = UserRow.lock(session, realm, found.getId());
        if (locked.isEmpty()) {
            return UserResult.of(item, "", Status.RETRY, "the user was deleted at the same moment");
        }
        UserRow row = locked.get();
        Map<String, List<String>> attributes = new HashMap<>(row.user().getAttributes());
        attributes.putAll(item.attributes());
        attributes.values().removeIf(List::isEmpty);
        UserProfile profile =
                profiles().create(UserProfileContext.USER_API, attributes, row.user());
        profile.update(true);
        row.changed();
        return UserResult.of(item, found.getId(), Status.APPLIED, "");
    }

    /** What would change; empty if nothing. */
    private static String differences(UserModel user, UserItem item) {
        Map<String, List<String>> held = user.getAttributes();
        List<String> differences = new ArrayList<>();
        item.attributes()
                .forEach(
                        (name, wanted) -> {
                            // Keycloak gives a name or an address that is not there as null
                            List<String> has =
                                    held.getOrDefault(name, List.of()).stream()
                                            .filter(Objects::nonNull)
                                            .toList();
                            if (!same(name, has, wanted)) {
                                differences.add(name + " " + words(has) + " → " + words(wanted));
                            }
                        });
        return String.join(", ", differences);
    }

    private static String words(List<String> values) {
        return values.isEmpty() ? "none" : "'" + String.join("', '", values) + "'";
    }

    /** The database keeps the values of an attribute in no order. */
    private static boolean same(String name, List<String> held, List<String> wanted) {
        return CASELESS.contains(name)
                ? held.size() == 1 && held.get(0).equalsIgnoreCase(wanted.get(0))
                : held.size() == wanted.size() && Set.copyOf(held).equals(Set.copyOf(wanted));
    }

    private static UserResult refused(UserItem item, ValidationException e) {
        String errors =
                e.getErrors().stream()
                        .map(error -> error.getMessage() + " (" + error.getAttribute() + ")")
                        .collect(Collectors.joining(", "));
        boolean taken = e.getStatusCode().getStatusCode() == 409;
        return UserResult.of(item, "", taken ? Status.CONFLICT : Status.REJECTED, errors);
    }
}
