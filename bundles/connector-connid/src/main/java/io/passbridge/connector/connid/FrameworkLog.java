/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.credential.Redaction;
import org.identityconnectors.common.logging.Log;
import org.identityconnectors.common.logging.Log.Level;
import org.identityconnectors.common.logging.LogSpi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ConnId and its connectors log. Lower levels are left out: connectors write attribute values
 * there. A stack trace is of their classes and is left out, too.
 */
public final class FrameworkLog implements LogSpi {
    private static final Logger LOG = LoggerFactory.getLogger("io.passbridge.connid");

    /** Takes the place of ConnId's own, which prints; it can be named by a property only. */
    static synchronized void install() {
        String before = System.getProperty(Log.LOGSPI_PROP);
        System.setProperty(Log.LOGSPI_PROP, FrameworkLog.class.getName());
        try {
            Log.getLog(ConnectorJar.class).isOk();
        } finally {
            if (before == null) {
                System.clearProperty(Log.LOGSPI_PROP);
            } else {
                System.setProperty(Log.LOGSPI_PROP, before);
            }
        }
    }

    @Override
    public void log(Class<?> type, String method, Level level, String message, Throwable trouble) {
        if (isLoggable(type, level) && LOG.isWarnEnabled()) {
            String text = message == null ? "" : message;
            String cause = trouble == null ? "" : " " + trouble.getMessage();
            LOG.warn("{}: {}", type.getSimpleName(), Redaction.of(text + cause));
        }
    }

    @Override
    public void log(
            Class<?> type,
            StackTraceElement place,
            Level level,
            String message,
            Throwable trouble) {
        log(type, "", level, message, trouble);
    }

    @Override
    public boolean isLoggable(Class<?> type, Level level) {
        return level == Level.WARN || level == Level.ERROR;
    }

    @Override
    public boolean needToInferCaller(Class<?> type, Level level) {
        return false;
    }
}
