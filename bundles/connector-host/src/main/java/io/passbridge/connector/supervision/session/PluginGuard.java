/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.supervision.platform.MissingServiceException;
import io.passbridge.credential.LegacyRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The border between the platform and a plug-in. Sets the thread's context class loader for a call,
 * and lets nothing out but exceptions that the platform made itself: a throwable keeps the classes
 * of every frame it passed alive.
 */
public final class PluginGuard {
    private static final Logger LOG = LoggerFactory.getLogger(PluginGuard.class);

    private final String instance;
    private final String bundle;
    private final ClassLoader loader;

    public PluginGuard(String instance, String bundle, ClassLoader loader) {
        this.instance = instance;
        this.bundle = bundle;
        this.loader = loader;
    }

    public <R> R call(PluginCall<R> call) throws ConnectorException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.run();
        } catch (ConnectorException e) {
            throw foreseen(e);
        } catch (LegacyRefusedException | MissingServiceException e) {
            throw new ConnectorException(Kind.CONFIGURATION, e.getMessage());
        } catch (Throwable e) {
            throw unforeseen(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ConnectorException foreseen(ConnectorException e) {
        String message = FaultText.withCauses(e);
        ConnectorException copy =
                e.retryAt()
                        .map(at -> ConnectorException.rateLimited(message, at))
                        .orElseGet(() -> new ConnectorException(e.kind(), message));
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }

    private ConnectorException unforeseen(Throwable e) {
        String text =
                "bundle " + bundle + " of connector " + instance + " failed: " + FaultText.chain(e);
        LOG.warn("{}{}", text, FaultText.frames(e));
        return new ConnectorException(Kind.PLUGIN_FAULT, text);
    }

    /** Plug-in code that may throw anything. */
    @FunctionalInterface
    public interface PluginCall<R> {
        R run() throws ConnectorException;
    }
}
