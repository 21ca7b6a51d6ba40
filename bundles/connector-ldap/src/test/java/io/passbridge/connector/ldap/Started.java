/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for all tests of a class. */
final class Started<S extends AutoCloseable> implements BeforeAllCallback, AfterAllCallback {
    private final Start<S> start;
    private S server;

    private Started(Start<S> start) {
        this.start = start;
    }

    /** How it is started. */
    @FunctionalInterface
    interface Start<S> {
        S start() throws Exception;
    }

    static <S extends AutoCloseable> Started<S> by(Start<S> start) {
        return new Started<>(start);
    }

    S get() {
        return server;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        server = start.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (server != null) {
            server.close();
        }
    }
}
