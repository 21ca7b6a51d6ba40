/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.samba.wire.Message;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.hash.sealed.RecipientKeys;
import io.passbridge.hash.sealed.SealRefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does what authenticated messages ask, one after the other. */
final class Handling {
    private static final List<String> NAMES = List.of("displayName", "givenName", "sn", "mail");

    private static final Set<ResultCode> TAKEN =
            Set.of(ResultCode.ENTRY_ALREADY_EXISTS, ResultCode.ATTRIBUTE_OR_VALUE_EXISTS);

    private static final Set<ResultCode> LATER =
            Set.of(ResultCode.BUSY, ResultCode.UNAVAILABLE, ResultCode.OPERATIONS_ERROR);

    private final Domain domain;
    private final RecipientKeys keys;
    private final Secret pairing;

    Handling(Domain domain, RecipientKeys keys, Secret pairing) {
        this.domain = domain;
        this.keys = keys;
        this.pairing = pairing;
    }

    private record Answer(Outcome outcome, String detail) {
        static Answer of(Outcome outcome) {
            return new Answer(outcome, "");
        }
    }

    /** Does one thing and tells what came of it. */
    @FunctionalInterface
    private interface Act {
        Answer on(SourceAnchor anchor) throws LDAPException;
    }

    Message status() throws LDAPException {
        domain.check();
        return Message.of(
                "domain", domain.name(),
                "unit", domain.unit(),
                "recipient", AgentFolder.publicText(keys));
    }

    /**
     * @throws LDAPException if the domain cannot be reached; whatever else goes wrong is an answer
     */
    Message account(Message asked) throws LDAPException {
        return answer(asked, anchor -> provision(anchor, asked));
    }

    /**
     * @throws LDAPException if the domain cannot be reached; whatever else goes wrong is an answer
     */
    Message password(Message asked) throws LDAPException {
        return answer(asked, anchor -> apply(anchor, asked));
    }

    private Message answer(Message asked, Act act) throws LDAPException {
        Answer answer;
        try {
            answer = act.on(new SourceAnchor(asked.text("anchor")));
        } catch (LDAPException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
            answer = failed(e);
        } catch (IllegalArgumentException e) {
            answer = new Answer(Outcome.REJECTED, "the message is malformed");
        }
        if (answer.outcome() == Outcome.REJECTED || answer.outcome() == Outcome.CONFLICT) {
            Main.log(asked.text("anchor") + ": " + answer.outcome() + " " + answer.detail());
        }
        return Message.of(
                "anchor", asked.text("anchor"),
                "outcome", answer.outcome().name(),
                "detail", answer.detail());
    }

    private static Answer failed(LDAPException e) {
        String text = "the domain says " + e.getResultCode() + ": " + e.getMessage();
        if (TAKEN.contains(e.getResultCode())) {
            return new Answer(Outcome.CONFLICT, "somebody else has this login name");
        }
        return new Answer(
                LATER.contains(e.getResultCode()) ? Outcome.RETRY : Outcome.REJECTED, text);
    }

    private Answer provision(SourceAnchor anchor, Message asked) throws LDAPException {
        String login = asked.text("login");
        Optional<SearchResultEntry> found = domain.find(anchor);
        if (found.isEmpty()) {
            var attributes = EntryForm.fresh(login, domain.name(), Mark.fresh(anchor));
            NAMES.stream()
                    .filter(name -> !asked.text(name).isEmpty())
                    .forEach(name -> attributes.add(new Attribute(name, asked.text(name))));
            domain.add(anchor, login, attributes);
            Optional<SearchResultEntry> made = domain.find(anchor);
            if (made.isPresent()) {
                domain.join(made.get());
            }
            return Answer.of(Outcome.APPLIED);
        }
        SearchResultEntry entry = found.get();
        List<Modification> changes = new ArrayList<>();
        for (String name : NAMES) {
            String now = entry.getAttributeValue(name);
            if (!asked.text(name).equals(now == null ? "" : now)) {
                changes.add(EntryForm.replace(name, asked.text(name)));
            }
        }
        boolean renamed = !login.equals(entry.getAttributeValue("sAMAccountName"));
        if (renamed) {
            changes.add(EntryForm.replace("sAMAccountName", login));
            changes.add(EntryForm.replace("userPrincipalName", login + "@" + domain.name()));
        }
        boolean joined = domain.join(entry);
        if (changes.isEmpty()) {
            return Answer.of(joined ? Outcome.APPLIED : Outcome.ALREADY);
        }
        domain.modify(entry.getDN(), changes);
        domain.rename(anchor, entry.getDN(), login);
        return Answer.of(Outcome.APPLIED);
    }

    private Answer apply(SourceAnchor anchor, Message asked) throws LDAPException {
        ChangeVersion version = ChangeVersion.parse(asked.text("version"));
        AccountState state = AccountState.ofBits(Integer.parseInt(asked.text("state")));
        long sent = Long.parseLong(asked.text("sent"));
        Optional<SearchResultEntry> found = domain.find(anchor);
        if (found.isEmpty()) {
            return new Answer(
                    Outcome.NO_SUCH_USER, "there is no user with this mark in " + domain.unit());
        }
        SearchResultEntry entry = found.get();
        Mark mark = Mark.read(entry.getAttributeValue(Mark.ATTRIBUTE)).orElseThrow();
        int order = mark.version().compareTo(version);
        if (order > 0) {
            return new Answer(
                    Outcome.CONFLICT,
                    "version %s is older than %s".formatted(version, mark.version()));
        }
        if (order == 0 && mark.state() == state.toBits()) {
            return Answer.of(Outcome.ALREADY);
        }
        if (order == 0 && sent < mark.sent()) {
            return new Answer(Outcome.CONFLICT, "it was sent before what was written last");
        }
        boolean password = mark.password() || !asked.text("sealed").isEmpty();
        return write(
                entry, new Mark(anchor, version, state.toBits(), sent, password), state, asked);
    }

    private Answer write(SearchResultEntry entry, Mark mark, AccountState state, Message asked)
            throws LDAPException {
        String sealed = asked.text("sealed");
        Instant changed = Instant.ofEpochMilli(Long.parseLong(asked.text("changed")));
        List<Modification> changes = new ArrayList<>();
        if (!sealed.isEmpty()) {
            try (NtHash hash = keys.open(pairing, mark.anchor(), mark.version(), state, sealed)) {
                changes.addAll(EntryForm.password(hash));
            } catch (SealRefusedException e) {
                return new Answer(Outcome.REJECTED, e.getMessage());
            }
        }
        try {
            changes.addAll(EntryForm.state(state, mark.password()));
            if (mark.password()) {
                EntryForm.passwordTime(
                                state,
                                changed,
                                !sealed.isEmpty(),
                                entry.getAttributeValue("pwdLastSet"))
                        .ifPresent(changes::add);
            }
            changes.add(EntryForm.replace(Mark.ATTRIBUTE, mark.text()));
            domain.write(entry.getDN(), changes);
            return Answer.of(Outcome.APPLIED);
        } finally {
            changes.stream()
                    .filter(change -> EntryForm.SECRETS.contains(change.getAttributeName()))
                    .flatMap(change -> Arrays.stream(change.getValueByteArrays()))
                    .forEach(bytes -> Arrays.fill(bytes, (byte) 0));
        }
    }
}
