/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

/**
 * What a source holds to check a user's password with. Closing it wipes it; whoever receives one
 * closes it.
 */
public sealed interface SourceCredential extends AutoCloseable permits NtHash, UserPassword {

    /**
     * A word for the kind, fit for messages: {@code NT} or the scheme of a {@code userPassword}.
     */
    String kind();

    @Override
    void close();
}
