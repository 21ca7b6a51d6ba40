/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.directory.database.Database;
import io.passbridge.connector.directory.database.SignInNames;
import io.passbridge.connector.directory.database.StoredUser;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on a sign-in. Whoever is refused learns nothing of the reason, neither from the answer
 * nor from its time. Thread-safe.
 */
public final class SignIn {
    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    private final Database database;
    private final PasswordVerifier verifier;
    private final DummyDigest dummy;
    private final Attempts byName;
    private final Attempts byClient;
    private final Set<String> complained = ConcurrentHashMap.newKeySet();

    public SignIn(Database database, PasswordVerifier verifier, DummyDigest dummy, Clock clock) {
        this.database = database;
        this.verifier = verifier;
        this.dummy = dummy;
        this.byName = new Attempts(clock, 5, Duration.ofSeconds(1), Duration.ofMinutes(5));
        this.byClient = new Attempts(clock, 50, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    /** What came of it. */
    sealed interface Result {
        /**
         * @param mustChange whether the source asks for a new password before anything else
         */
        record Accepted(StoredUser user, boolean mustChange) implements Result {}

        /** The one answer to a wrong name, a wrong password and an account that may not sign in. */
        record Refused() implements Result {}

        /**
         * @param pause at least so long
         */
        record Later(Duration pause) implements Result {}
    }

    /**
     * @param login as typed
     * @param password stays the caller's to close
     * @param client who asks on behalf of the user, for the rate limit
     */
    Result attempt(String login, Secret password, String client) throws ConnectorException {
        String name = SignInNames.fold(login);
        Optional<Duration> wait = byName.begin(name);
        if (wait.isPresent()) {
            return new Result.Later(wait.get());
        }
        wait = byClient.begin(client);
        if (wait.isPresent()) {
            byName.takeBack(name);
            return new Result.Later(wait.get());
        }
        Optional<StoredUser> user;
        try {
            user = database.read(connection -> StoredUser.find(connection, database, name));
        } catch (ConnectorException e) {
            byName.takeBack(name);
            byClient.takeBack(client);
            throw e;
        }
        boolean fits = verify(user.flatMap(StoredUser::digest), password);
        if (user.isEmpty() || !fits || !user.get().state().mayStillSignIn()) {
            return new Result.Refused();
        }
        byName.succeeded(name);
        byClient.takeBack(client);
        return new Result.Accepted(user.get(), mustChange(user.get().state()));
    }

    private static boolean mustChange(AccountState state) {
        return state.has(Flag.MUST_CHANGE_PASSWORD)
                || state.has(Flag.PASSWORD_EXPIRED) && !state.has(Flag.PASSWORD_NEVER_EXPIRES);
    }

    /** A user with a digest of another scheme costs the dummy as well, as one without any does. */
    private boolean verify(Optional<Digest> digest, Secret password) {
        Digest reference = dummy.digest();
        boolean fits = digest.isPresent() && verify(password, digest.get());
        if (digest.isEmpty() || !digest.get().scheme().equals(reference.scheme())) {
            verify(password, reference);
        }
        return fits;
    }

    private boolean verify(Secret password, Digest digest) {
        try {
            return verifier.verify(password, digest);
        } catch (IllegalArgumentException | LegacyRefusedException e) {
            if (complained.add(digest.scheme())) {
                LOG.warn(
                        "sign-ins with scheme {} are refused: {}", digest.scheme(), e.getMessage());
            }
            return false;
        }
    }
}
