/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.Redaction;
import org.identityconnectors.framework.common.exceptions.AlreadyExistsException;
import org.identityconnectors.framework.common.exceptions.ConfigurationException;
import org.identityconnectors.framework.common.exceptions.ConnectionBrokenException;
import org.identityconnectors.framework.common.exceptions.ConnectionFailedException;
import org.identityconnectors.framework.common.exceptions.ConnectorIOException;
import org.identityconnectors.framework.common.exceptions.InvalidAttributeValueException;
import org.identityconnectors.framework.common.exceptions.InvalidCredentialException;
import org.identityconnectors.framework.common.exceptions.OperationTimeoutException;
import org.identityconnectors.framework.common.exceptions.PermissionDeniedException;
import org.identityconnectors.framework.common.exceptions.RetryableException;
import org.identityconnectors.framework.common.exceptions.UnknownUidException;

/** What a ConnId connector throws, in the words of the platform; no object of its classes stays. */
final class Failures {
    private Failures() {}

    /**
     * @param writing whether something may have been changed
     */
    static ConnectorException of(RuntimeException trouble, boolean writing) {
        return new ConnectorException(kind(trouble, writing), text(trouble));
    }

    private static Kind kind(RuntimeException trouble, boolean writing) {
        if (trouble instanceof ConfigurationException) {
            return Kind.CONFIGURATION;
        }
        if (trouble instanceof ConnectionFailedException) {
            return Kind.UNREACHABLE;
        }
        if (trouble instanceof ConnectionBrokenException
                || trouble instanceof OperationTimeoutException) {
            return writing ? Kind.OUTCOME_UNKNOWN : Kind.UNREACHABLE;
        }
        if (trouble instanceof InvalidCredentialException) {
            return Kind.AUTHENTICATION;
        }
        if (trouble instanceof PermissionDeniedException) {
            return Kind.PERMISSION;
        }
        if (trouble instanceof UnknownUidException) {
            return Kind.NOT_FOUND;
        }
        if (trouble instanceof AlreadyExistsException) {
            return Kind.CONFLICT;
        }
        if (trouble instanceof InvalidAttributeValueException
                || writing && trouble instanceof IllegalArgumentException) {
            return Kind.REJECTED;
        }
        if (trouble instanceof RetryableException || trouble instanceof ConnectorIOException) {
            return Kind.UNREACHABLE;
        }
        // which kind a connector's own trouble is, ConnId does not say: nothing is given up for it
        return writing ? Kind.OUTCOME_UNKNOWN : Kind.UNREACHABLE;
    }

    /** In its words, or those of the cause that has any. */
    static String text(Throwable trouble) {
        String text = trouble.getMessage();
        for (Throwable t = trouble;
                t != null && (text == null || text.isBlank());
                t = t.getCause()) {
            text = t.getMessage();
        }
        return text == null || text.isBlank()
                ? trouble.getClass().getSimpleName()
                : Redaction.of(text.strip());
    }
}
