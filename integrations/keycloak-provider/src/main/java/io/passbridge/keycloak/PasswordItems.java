/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import io.passbridge.keycloak.Result.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** The passwords and states of one request. */
final class PasswordItems implements Batch.Kind<Item, Result> {
    private static final Logger LOG = Logger.getLogger(PasswordItems.class);

    /** As many users as Keycloak's entities load attributes for at once; all of them are locked. */
    private static final int TOGETHER = 20;

    private final RealmModel realm;
    private final AdminEventBuilder events;

    /**
     * @param events of the request
     */
    PasswordItems(RealmModel realm, AdminEventBuilder events) {
        this.realm = realm;
        this.events = events;
    }

    @Override
    public Item read(JsonNode json) {
        return Item.of(json);
    }

    @Override
    public Result unreadable(JsonNode json, String why) {
        return new Result(Item.id(json), Status.REJECTED, why);
    }

    @Override
    public int together() {
        return TOGETHER;
    }

    @Override
    public boolean mayShare(List<Item> items) {
        Set<String> ids = new HashSet<>();
        // of a history Keycloak counts what was written before
        return !ItemWriter.keepsHistory(realm)
                && items.stream().allMatch(item -> ids.add(item.id()));
    }

    @Override
    public List<Result> write(KeycloakSession own, List<Item> items) {
        UserRow.lock(own, items.stream().map(Item::id).toList());
        ItemWriter writer = new ItemWriter(own, own.getContext().getRealm());
        AdminEventBuilder event = events.clone(own);
        List<Result> results = new ArrayList<>(items.size());
        for (Item item : items) {
            Result result = writer.write(item);
            if (result.status() == Status.APPLIED) {
                record(event, item);
            }
            results.add(result);
        }
        return results;
    }

    private static void record(AdminEventBuilder event, Item item) {
        event.operation(OperationType.UPDATE)
                .resource(ResourceType.USER)
                .resourcePath("users", item.id())
                .representation(
                        Map.of(
                                "passbridgeVersion", item.version().toString(),
                                "scheme", item.digest().map(digest -> digest.scheme()).orElse(""),
                                "enabled", item.enabled(),
                                "mustChange", item.mustChange()))
                .success();
    }

    @Override
    public boolean again(Result result) {
        return false;
    }

    @Override
    public Result failed(Item item, RuntimeException e) {
        // a sign-in at the same moment takes the optimistic lock
        LOG.infof("user %s is to be tried again: %s", item.id(), e.getClass().getName());
        LOG.debug("the reason", e);
        return new Result(item.id(), Status.RETRY, e.getClass().getSimpleName());
    }
}
