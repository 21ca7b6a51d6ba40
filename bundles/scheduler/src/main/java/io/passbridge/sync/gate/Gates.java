/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.gate;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import io.passbridge.hash.DigestScheme;
import io.passbridge.hash.PassThrough;
import io.passbridge.hash.SealingScheme;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.route.RouteSettings;
import io.passbridge.sync.route.Words;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The conditions on a user's way from source to target, in order. Used by the cycle for each change
 * and by {@code sync:explain} for one user, so that the explanation cannot differ from the deed.
 */
public final class Gates {
    private final RouteSettings settings;
    private final Set<String> targetSchemes;
    private final DigestScheme scheme;

    public Gates(RouteSettings settings, Set<String> targetSchemes, DigestScheme scheme) {
        this.settings = settings;
        this.targetSchemes = targetSchemes;
        this.scheme = scheme;
    }

    /**
     * @param known what the route last did for this user, or null
     * @param askTarget whether to send what was dealt with before, too
     */
    public Verdict judge(
            CredentialChange change, UserState known, boolean askTarget, GateTrace trace) {
        if (known != null && change.version().equals(ChangeVersion.NONE)) {
            trace.stopped("version", () -> "the source says nothing of the user any more");
            return new Verdict.Unchanged();
        }
        AccountState state = change.state();
        boolean gone = gone(state);
        if (!gone && !inScope(change)) {
            if (known == null || gone(known.state())) {
                trace.stopped("scope", () -> "the route's include and exclude leave the user out");
                return new Verdict.Outside();
            }
            state = leaving(state);
            gone = true;
            trace.passed("scope", () -> "has left the scope; the target is told");
        } else {
            trace.passed(
                    "scope",
                    () -> settings.policy().scope().needsAccount() ? "in scope" : "no filter");
        }

        boolean dealtWith = !askTarget && dealtWith(known, change, state);
        if (!gone && settings.policy().skipMustChange() && state.has(Flag.MUST_CHANGE_PASSWORD)) {
            trace.stopped(
                    "account state",
                    () -> "must change the password first, and the route's mustChange is skip");
            String reason = "must change the password first";
            if (dealtWith) {
                return new Verdict.Unchanged();
            }
            return state.mayStillSignIn()
                    ? new Verdict.Refused(reason)
                    : new Verdict.SendState(state, reason);
        }
        AccountState sent = state;
        trace.passed("account state", () -> describe(sent));

        if (dealtWith) {
            trace.passed(
                    "version",
                    () ->
                            "version %s was dealt with at %s: %s %s"
                                    .formatted(
                                            known.version(),
                                            known.at(),
                                            Words.of(known.outcome()),
                                            known.detail()));
            return new Verdict.Unchanged();
        }
        trace.passed("version", () -> describe(change.version(), known));
        return gone ? new Verdict.SendState(state, "") : credential(change, state, trace);
    }

    private Verdict credential(CredentialChange change, AccountState state, GateTrace trace) {
        Optional<SourceCredential> credential = change.credential();
        if (credential.isEmpty()) {
            trace.stopped("credential", () -> "the source holds none; the state alone is sent");
            return new Verdict.SendState(state, "");
        }
        String kind = credential.get().kind();
        trace.passed("credential", () -> "present, of kind " + kind);
        PassThrough.Decision asIs = passThrough(credential.get());
        if (asIs.digest().isPresent()) {
            trace.passed("digest", () -> kind + " is passed through as it is");
            return new Verdict.SendAsIs(asIs.digest().get());
        }
        if (!targetSchemes.contains(settings.policy().digest())
                || scheme == null
                || forbidden()
                || !scheme.accepts(credential.get())) {
            String text = unacceptable(kind) + ", and " + asIs.reason();
            trace.stopped("digest", () -> text);
            return unusable(state, text);
        }
        trace.passed("digest", () -> scheme.name() + ", " + scheme.parameters());
        trace.passed(
                "FIPS",
                () ->
                        scheme.approved()
                                ? "the digest scheme is approved"
                                : "the digest scheme is not approved; fips:status says whether"
                                        + " the policy permits it");
        return new Verdict.SendDigest();
    }

    /** Whether the route would send what can be used at the source, and was not told to. */
    private boolean forbidden() {
        return scheme instanceof SealingScheme && !settings.policy().allowSourceCredentials();
    }

    private String unacceptable(String kind) {
        if (!targetSchemes.contains(settings.policy().digest())) {
            return "target %s does not take %s"
                    .formatted(settings.target(), settings.policy().digest());
        }
        if (forbidden()) {
            return scheme.name()
                    + " sends source credentials, and the route's allowSourceCredentials is false";
        }
        return scheme == null
                ? "no bundle provides the digest scheme " + settings.policy().digest()
                : "%s cannot process %s".formatted(settings.policy().digest(), kind);
    }

    /** A password that cannot be sent must not keep a closed account open. */
    private static Verdict unusable(AccountState state, String reason) {
        return state.mayStillSignIn()
                ? new Verdict.Refused(reason)
                : new Verdict.SendState(state, reason);
    }

    private PassThrough.Decision passThrough(SourceCredential credential) {
        if (credential instanceof UserPassword password) {
            return settings.policy().passesThrough(password)
                    ? PassThrough.decide(password, targetSchemes)
                    : new PassThrough.Decision(
                            Optional.empty(), "the route's passThrough does not name it");
        }
        return new PassThrough.Decision(
                Optional.empty(), credential.kind() + " is never passed through");
    }

    private boolean inScope(CredentialChange change) {
        return !settings.policy().scope().needsAccount()
                || change.account().map(settings.policy().scope()::admits).orElse(false);
    }

    /** The same version and state again, or an older version than the target is known to have. */
    private static boolean dealtWith(UserState known, CredentialChange change, AccountState state) {
        if (known == null) {
            return false;
        }
        int order = known.version().compareTo(change.version());
        if (gone(state)) {
            return order >= 0 && known.state().equals(state);
        }
        return order == 0 && known.state().equals(state)
                || order > 0 && known.outcome() != Outcome.RETRY;
    }

    public static boolean gone(AccountState state) {
        return state.has(Flag.DELETED) || state.has(Flag.OUT_OF_SCOPE);
    }

    /** Whether the target is known to hold what was dealt with. */
    public static boolean inStep(UserState known) {
        return known != null && Standing.of(known.state(), known.outcome()) == Standing.IN_STEP;
    }

    /** The state of somebody whom the route leaves out. */
    public static AccountState leaving(AccountState state) {
        EnumSet<Flag> flags = EnumSet.of(Flag.OUT_OF_SCOPE);
        flags.addAll(state.flags());
        return new AccountState(flags);
    }

    private static String describe(ChangeVersion version, UserState known) {
        return known != null && known.version().equals(version)
                ? "version %s was dealt with at %s".formatted(version, known.at())
                : "version " + version + " is to be sent";
    }

    private static String describe(AccountState state) {
        return state.flags().isEmpty()
                ? "active"
                : String.join(", ", state.flags().stream().map(Words::of).sorted().toList());
    }
}
