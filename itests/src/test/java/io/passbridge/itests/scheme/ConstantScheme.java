/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.scheme;

import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceCredential;
import io.passbridge.hash.DigestScheme;
import java.util.List;

/** A scheme that takes any credential and tells nothing about it. */
public final class ConstantScheme implements DigestScheme {
    @Override
    public String name() {
        return "constant";
    }

    @Override
    public boolean accepts(SourceCredential credential) {
        return true;
    }

    @Override
    public List<Digest> digest(List<? extends SourceCredential> credentials) {
        return credentials.stream().map(c -> new Digest("constant", "v1;constant")).toList();
    }

    @Override
    public String parameters() {
        return "none";
    }

    @Override
    public boolean approved() {
        return true;
    }

    @Override
    public double digestsPerSecond() {
        return 1_000_000;
    }
}
