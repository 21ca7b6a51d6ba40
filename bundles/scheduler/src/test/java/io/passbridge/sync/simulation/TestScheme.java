/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import io.passbridge.hash.DigestScheme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Writes the password into the digest, so that tests can see which one arrived. */
public class TestScheme implements DigestScheme {
    public final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    public volatile double perSecond = 10_000;

    @Override
    public String name() {
        return "test";
    }

    @Override
    public boolean accepts(SourceCredential credential) {
        return credential.kind().equals("SHA");
    }

    @Override
    public List<Digest> digest(List<? extends SourceCredential> credentials) {
        if (failure.get() != null) {
            throw failure.get();
        }
        return credentials.stream()
                .map(c -> (UserPassword) c)
                .map(p -> p.value().use(b -> new String(b, StandardCharsets.UTF_8)))
                .map(text -> new Digest(name(), "digest of " + text))
                .toList();
    }

    @Override
    public Optional<List<Boolean>> match(
            List<? extends SourceCredential> credentials, List<Digest> digests) {
        List<Digest> made = digest(credentials);
        return Optional.of(
                IntStream.range(0, made.size())
                        .mapToObj(i -> made.get(i).encoded().equals(digests.get(i).encoded()))
                        .toList());
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
        return perSecond;
    }
}
