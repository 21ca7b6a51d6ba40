/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.operations.TestApiOp;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.AttributeBuilder;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.Name;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.ObjectClassInfo;
import org.identityconnectors.framework.common.objects.OperationOptions;
import org.identityconnectors.framework.common.objects.OperationOptionsBuilder;
import org.identityconnectors.framework.common.objects.Schema;
import org.identityconnectors.framework.common.objects.Uid;
import org.identityconnectors.framework.common.objects.filter.Filter;
import org.identityconnectors.framework.common.objects.filter.FilterBuilder;

/** One connection to the system for one call of the platform; holds the secret until closed. */
final class Session implements AutoCloseable {
    private final ConnectorFacade facade;
    private final ObjectClass objectClass;
    private final Set<String> wanted;

    /**
     * @param wanted attributes to ask for beside those that come by themselves
     */
    Session(ConnectorFacade facade, ObjectClass objectClass, Set<String> wanted) {
        this.facade = facade;
        this.objectClass = objectClass;
        this.wanted = wanted;
    }

    /** Every account, as they come. */
    void all(Consumer<ConnectorObject> each) throws ConnectorException {
        search(null, each);
    }

    /**
     * The accounts with one of these values in an attribute, by that value. Each is asked for by
     * itself: of several terms some connectors make queries that find nobody.
     */
    Map<String, List<ConnectorObject>> with(String attribute, Collection<String> values)
            throws ConnectorException {
        Map<String, List<ConnectorObject>> found = new LinkedHashMap<>();
        for (String value : values) {
            List<ConnectorObject> entries = new ArrayList<>();
            search(FilterBuilder.equalTo(attribute(attribute, value)), entries::add);
            // some compare without looking at the case
            entries.removeIf(entry -> !Values.texts(entry, attribute).contains(value));
            if (!entries.isEmpty()) {
                found.put(value, entries);
            }
        }
        return found;
    }

    /** Names are told apart from other attributes by ConnId. */
    private static Attribute attribute(String name, String value) {
        if (name.equals(Uid.NAME)) {
            return new Uid(value);
        }
        return name.equals(Name.NAME) ? new Name(value) : AttributeBuilder.build(name, value);
    }

    private void search(Filter filter, Consumer<ConnectorObject> each) throws ConnectorException {
        OperationOptions options =
                new OperationOptionsBuilder()
                        .setReturnDefaultAttributes(true)
                        .setAttributesToGet(wanted)
                        .build();
        call(
                false,
                () ->
                        facade.search(
                                objectClass,
                                filter,
                                entry -> {
                                    each.accept(entry);
                                    return !Thread.currentThread().isInterrupted();
                                },
                                options));
        if (Thread.currentThread().isInterrupted()) {
            throw new ConnectorException(
                    ConnectorException.Kind.UNREACHABLE, "the search was broken off");
        }
    }

    Uid create(Set<Attribute> attributes) throws ConnectorException {
        return call(true, () -> facade.create(objectClass, attributes, none()));
    }

    Uid update(Uid uid, Set<Attribute> attributes) throws ConnectorException {
        return call(true, () -> facade.update(objectClass, uid, attributes, none()));
    }

    Schema schema() throws ConnectorException {
        return call(false, facade::schema);
    }

    /** Whether the accounts have an attribute. */
    boolean has(String attribute) throws ConnectorException {
        ObjectClassInfo info = schema().findObjectClassInfo(objectClass.getObjectClassValue());
        return info != null && info.getAttributeInfo().stream().anyMatch(a -> a.is(attribute));
    }

    /** The connector's own look at its configuration and its system. */
    void test() throws ConnectorException {
        call(
                false,
                () -> {
                    facade.validate();
                    if (facade.getSupportedOperations().contains(TestApiOp.class)) {
                        facade.test();
                    }
                    return null;
                });
    }

    private static OperationOptions none() {
        return new OperationOptionsBuilder().build();
    }

    private static <T> T call(boolean writing, Supplier<T> call) throws ConnectorException {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw Failures.of(e, writing);
        }
    }

    @Override
    public void close() {
        facade.dispose();
    }
}
