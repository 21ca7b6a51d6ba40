/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.SourceAnchor;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Capability of a target beside {@link PasswordTarget}: gives back what it holds, so that it can be
 * compared with what the source holds. A target without it takes passwords all the same; nobody can
 * then prove that it still has them.
 */
@ConsumerType
public interface PasswordHoldings {
    /**
     * What the target holds of given users now, as its system has it and not as the connector
     * remembers it. Changes nothing.
     *
     * @param anchors 1 to 1,000, each once
     * @return one answer for each, in the order of the question
     */
    List<Holding> holdings(List<SourceAnchor> anchors) throws ConnectorException;
}
