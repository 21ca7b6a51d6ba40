/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.AccountSecretReset;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.host.AccountAdministration.AccountStatus;
import io.passbridge.connector.host.AccountAdministration.Leave;
import io.passbridge.connector.host.AccountAdministration.Outcome;
import io.passbridge.connector.host.AccountAdministration.State;
import io.passbridge.connector.supervision.platform.AccountVault;
import io.passbridge.connector.supervision.platform.HostServices;
import io.passbridge.connector.supervision.session.InstanceContext;
import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValue;
import io.passbridge.store.AccountSecrets;
import io.passbridge.store.AccountSecrets.StoredAccount;
import io.passbridge.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Sets, resets and tests the accounts of connector instances. */
final class AccountDesk {
    private final HostServices platform;
    private final Instances instances;
    private final AccountVault vault;

    AccountDesk(HostServices platform, Instances instances) {
        this.platform = platform;
        this.instances = instances;
        this.vault = new AccountVault(platform);
    }

    List<AccountStatus> accounts() throws ConnectorException {
        Map<String, StoredAccount> stored = new TreeMap<>();
        try {
            vault.store().list().forEach(account -> stored.put(account.instance(), account));
        } catch (StoreException e) {
            throw new ConnectorException(
                    Kind.UNREACHABLE, "the accounts cannot be read: " + e.getMessage());
        }
        List<AccountStatus> accounts = new ArrayList<>();
        for (Instance instance : instances.all()) {
            StoredAccount account = stored.remove(instance.name());
            if (account != null) {
                accounts.add(status(account, instance.status().type(), state(account)));
            } else if (instance.wantsSecret()) {
                accounts.add(missing(instance));
            }
        }
        stored.values().forEach(orphan -> accounts.add(status(orphan, "?", State.ORPHANED)));
        accounts.sort(Comparator.comparing(AccountStatus::instance));
        return List.copyOf(accounts);
    }

    private static AccountStatus missing(Instance instance) {
        return new AccountStatus(
                instance.name(),
                instance.status().type(),
                "",
                State.MISSING,
                Optional.empty(),
                Optional.empty());
    }

    private static AccountStatus status(StoredAccount account, String type, State state) {
        return new AccountStatus(
                account.instance(),
                type,
                account.name(),
                state,
                Optional.of(account.setAt()),
                account.verifiedAt());
    }

    private State state(StoredAccount account) throws ConnectorException {
        try (Secret opened =
                vault.sealing()
                        .open(account.secret(), AccountSecrets.binding(account.instance()))) {
            return opened.length() < 0 ? State.LOST : State.SET;
        } catch (KeyException e) {
            return switch (e.kind()) {
                case LOCKED, WRONG_PASSWORD, PROTECTOR_MISSING, KEY_DISABLED, NOT_ALLOWED, IO ->
                        State.LOCKED;
                case FOREIGN_KEY_SET, UNKNOWN_KEY -> State.FOREIGN;
                default -> State.LOST;
            };
        }
    }

    /**
     * Why this server should leave the account alone; empty if it need not.
     *
     * @throws ConnectorException if no secret can be kept now, as under a locked key set
     */
    Optional<String> objection(String name) throws ConnectorException {
        Optional<String> claim = claim(name);
        if (claim.isEmpty()) {
            rehearse(name);
        }
        return claim;
    }

    private void rehearse(String name) throws ConnectorException {
        try (Secret rehearsal = Secret.owning(new byte[] {1})) {
            vault.seal(name, rehearsal);
        }
    }

    private Optional<String> claim(String name) throws ConnectorException {
        Optional<String> other;
        try {
            other = platform.otherWriter();
        } catch (StoreException e) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    "whether another server is at work on the store cannot be told: "
                            + e.getMessage());
        }
        if (other.isPresent()) {
            return Optional.of(
                    "Server "
                            + other.get()
                            + " is at work on the store that this server shares with it, and works"
                            + " with what is stored there: change the account of "
                            + name
                            + " on that server.");
        }
        Optional<StoredAccount> stored = vault.find(name);
        if (stored.isPresent() && state(stored.get()) == State.FOREIGN) {
            return Optional.of(
                    "The stored secret of "
                            + name
                            + " is sealed under a key that this server does not have:"
                            + " keys:activate an export of its key set brings it back; a new one"
                            + " destroys it for every server.");
        }
        return Optional.empty();
    }

    private void heedObjection(String name, Set<Leave> leave) throws ConnectorException {
        if (!leave.contains(Leave.ANYWAY)) {
            Optional<String> objection = claim(name);
            if (objection.isPresent()) {
                throw new ConnectorException(Kind.REJECTED, objection.get());
            }
        }
    }

    Outcome set(String name, String accountName, Secret secret, Set<Leave> leave, String actor)
            throws ConnectorException, InterruptedException {
        Instance instance = instances.require(name, Kind.NOT_FOUND);
        if (!instance.wantsSecret()) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    "connector "
                            + name
                            + " of type "
                            + instance.status().type()
                            + " signs in without a secret; there is nothing to set");
        }
        heedObjection(name, leave);
        boolean unverified = leave.contains(Leave.UNVERIFIED);
        String kept = accountName.isBlank() ? storedName(name) : accountName.trim();
        // sealed first: a locked key set refuses before the system is asked
        SealedValue sealed = vault.seal(name, secret);
        List<Finding> findings = tryOut(instance, kept, secret, unverified);
        boolean verified = isClean(findings);
        if (!verified && !unverified) {
            return new Outcome(findings, false, false);
        }
        instance.events()
                .require(
                        EventType.ACCOUNT_SECRET_SET,
                        "setting the account",
                        facts(kept, verified, actor));
        store(name, kept, sealed, verified);
        instance.settled(verified);
        return new Outcome(findings, verified, true);
    }

    private List<Finding> tryOut(
            Instance instance, String accountName, Secret secret, boolean unverified)
            throws ConnectorException, InterruptedException {
        try {
            return instance.test(new InstanceContext.TrialAccount(accountName, secret));
        } catch (ConnectorException e) {
            if (!unverified) {
                throw e;
            }
            return List.of(
                    Finding.error(
                            "connector " + instance.name(),
                            e.getMessage(),
                            "account:test " + instance.name() + " when it is there again"));
        }
    }

    Outcome reset(String name, Set<Leave> leave, String actor)
            throws ConnectorException, InterruptedException {
        Instance instance = instances.require(name, Kind.NOT_FOUND);
        if (!instance.has(AccountSecretReset.class)) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    "connector "
                            + name
                            + " cannot make a new secret at its system now; make one there and tell"
                            + " it with account:set "
                            + name);
        }
        heedObjection(name, leave);
        String accountName = storedName(name);
        // a new secret that cannot be kept would lock the platform out
        rehearse(name);
        instance.events()
                .require(
                        EventType.ACCOUNT_SECRET_RESET,
                        "resetting the account",
                        Map.of(Fact.ACTOR, actor));
        try (Secret fresh = instance.call(AccountSecretReset.class, AccountSecretReset::reset)) {
            try {
                store(name, accountName, vault.seal(name, fresh), false);
            } catch (ConnectorException e) {
                throw new ConnectorException(
                        e.kind(),
                        "connector "
                                + name
                                + ": its system holds a new secret that could not be stored, and"
                                + " the old one is void; make another there and tell it with"
                                + " account:set "
                                + name
                                + ": "
                                + e.getMessage());
            }
        }
        return verify(name);
    }

    Outcome verify(String name) throws ConnectorException, InterruptedException {
        Instance instance = instances.require(name, Kind.NOT_FOUND);
        List<Finding> findings = instance.test();
        boolean verified = isClean(findings);
        boolean stored = vault.find(name).isPresent();
        if (verified && stored && claim(name).isEmpty()) {
            markVerified(name);
        }
        instance.settled(verified);
        return new Outcome(findings, verified, stored);
    }

    private void markVerified(String name) throws ConnectorException {
        try {
            vault.store().verified(name, platform.clock().instant());
        } catch (StoreException e) {
            throw notStored(name, e);
        }
    }

    private String storedName(String instance) throws ConnectorException {
        return vault.find(instance).map(StoredAccount::name).orElse("");
    }

    private void store(String instance, String accountName, SealedValue sealed, boolean verified)
            throws ConnectorException {
        try {
            vault.store()
                    .put(
                            new StoredAccount(
                                    instance,
                                    accountName,
                                    sealed,
                                    platform.clock().instant(),
                                    verified
                                            ? Optional.of(platform.clock().instant())
                                            : Optional.empty()));
        } catch (StoreException e) {
            throw notStored(instance, e);
        }
    }

    private static ConnectorException notStored(String instance, StoreException e) {
        return new ConnectorException(
                Kind.REJECTED,
                "the account of connector " + instance + " was not stored: " + e.getMessage());
    }

    private static Map<Fact, String> facts(String accountName, boolean verified, String actor) {
        return Map.of(
                Fact.ACTOR,
                actor,
                Fact.ACCOUNT,
                accountName,
                Fact.VERIFIED,
                Boolean.toString(verified));
    }

    private static boolean isClean(List<Finding> findings) {
        return findings.stream().noneMatch(f -> f.severity() == Finding.Severity.ERROR);
    }
}
