/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import io.passbridge.keycloak.Result.Status;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** The users of one request. */
final class UserItems implements Batch.Kind<UserItem, UserResult> {
    private static final Logger LOG = Logger.getLogger(UserItems.class);

    /** Nobody waits for a user who is not there yet; a commit costs more than an item. */
    private static final int TOGETHER = 100;

    private final AdminEventBuilder events;
    private final UserWriter.Rules rules;

    /**
     * @param events of the request
     */
    UserItems(AdminEventBuilder events, UserWriter.Rules rules) {
        this.events = events;
        this.rules = rules;
    }

    @Override
    public UserItem read(JsonNode json) {
        return UserItem.of(json, rules.anchorAttribute());
    }

    @Override
    public UserResult unreadable(JsonNode json, String why) {
        return new UserResult(UserItem.anchor(json), false, new Result("", Status.REJECTED, why));
    }

    @Override
    public int together() {
        return TOGETHER;
    }

    /** Whether no two have a name in common. */
    @Override
    public boolean mayShare(List<UserItem> items) {
        Set<String> names = new HashSet<>();
        return items.stream()
                .allMatch(
                        item ->
                                names.add("anchor " + item.anchor())
                                        && names.add("name " + lower(item.username()))
                                        && (item.email().isEmpty()
                                                || names.add("mail " + lower(item.email()))));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public List<UserResult> write(KeycloakSession own, List<UserItem> items) {
        UserWriter writer =
                new UserWriter(own, own.getContext().getRealm(), rules, owners(own, items));
        AdminEventBuilder event = events.clone(own);
        List<UserResult> results = new ArrayList<>(items.size());
        for (UserItem item : items) {
            UserResult result = writer.write(item);
            if (!rules.rehearse() && result.result().status() == Status.APPLIED) {
                record(event, item, result);
            }
            results.add(result);
        }
        return results;
    }

    /** Whose anchors these are: one question for all. */
    private Map<String, List<String>> owners(KeycloakSession own, List<UserItem> items) {
        Map<String, List<String>> owners = new HashMap<>();
        // pairs, since H2 would look through all anchors of the realm for a list of values
        String pairs =
                IntStream.range(0, items.size())
                        .mapToObj(i -> "(:name, :anchor" + i + ")")
                        .collect(Collectors.joining(", "));
        TypedQuery<Object[]> query =
                UserRow.entities(own)
                        .createQuery(
                                "SELECT a.value, a.user.id FROM UserAttributeEntity a WHERE"
                                        + " (a.name, a.value) IN (%s) AND a.user.realmId = :realm"
                                                .formatted(pairs),
                                Object[].class)
                        .setParameter("name", rules.anchorAttribute())
                        .setParameter("realm", own.getContext().getRealm().getId());
        for (int i = 0; i < items.size(); i++) {
            query.setParameter("anchor" + i, items.get(i).anchor());
        }
        // the database may compare without regard to case
        query.getResultList()
                .forEach(
                        row ->
                                owners.computeIfAbsent((String) row[0], anchor -> new ArrayList<>())
                                        .add((String) row[1]));
        return owners;
    }

    private static void record(AdminEventBuilder event, UserItem item, UserResult written) {
        event.operation(written.made() ? OperationType.CREATE : OperationType.UPDATE)
                .resource(ResourceType.USER)
                .resourcePath("users", written.result().id())
                .representation(Map.of("attributes", item.attributes()))
                .success();
    }

    /** Another of them may have given the name away. */
    @Override
    public boolean again(UserResult result) {
        return result.result().status() == Status.CONFLICT;
    }

    @Override
    public UserResult failed(UserItem item, RuntimeException e) {
        if (e instanceof NameTaken taken) {
            return taken.result();
        }
        LOG.infof("user '%s' is to be tried again: %s", item.username(), e.getClass().getName());
        LOG.debug("the reason", e);
        return UserResult.of(item, "", Status.RETRY, e.getClass().getSimpleName());
    }
}
