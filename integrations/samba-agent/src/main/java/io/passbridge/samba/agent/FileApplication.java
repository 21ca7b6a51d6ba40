/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.samba.wire.Message;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.hash.sealed.SealRefusedException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Applies a file, and tells what became of each person. A file that is older than the latest one of
 * its route is refused; the same one may be applied again, as after a kill.
 */
final class FileApplication {
    private static final int LEFT = AccountState.of(Flag.OUT_OF_SCOPE).toBits();

    private final AgentFolder folder;
    private final Domain domain;
    private final Handling handling;
    private final Consumer<String> report;
    private final Set<String> seen = new HashSet<>();
    private long applied;
    private long already;
    private long refused;

    FileApplication(AgentFolder folder, Domain domain, Handling handling, Consumer<String> report) {
        this.folder = folder;
        this.domain = domain;
        this.handling = handling;
        this.report = report;
    }

    /** Opens everything and changes nothing. */
    boolean rehearse(SealedFile file) throws IOException, SealRefusedException {
        SealedFile.Head head = usable(file);
        report.accept(words(head) + ": it is whole and for this agent. Nothing was changed.");
        return true;
    }

    private SealedFile.Head usable(SealedFile file) throws IOException, SealRefusedException {
        SealedFile.Head head = file.check();
        long latest = folder.applied(head.route());
        if (head.at() < latest) {
            throw new IOException(
                    "the file is refused: it is of %s, and one of %s was applied already"
                            .formatted(
                                    Instant.ofEpochMilli(head.at()), Instant.ofEpochMilli(latest)));
        }
        return head;
    }

    /**
     * @param disableAbsent whether to disable whoever of the unit is not in the file
     * @return whether nobody was refused, and nobody is left who is not in the file
     * @throws LDAPException if the domain cannot be reached; the file is to be applied again
     */
    boolean apply(SealedFile file, boolean disableAbsent)
            throws IOException, SealRefusedException, LDAPException {
        SealedFile.Head head = usable(file);
        domain.check();
        folder.applying(head.route(), head.at());
        domain.request();
        file.<LDAPException>each(person -> person(person, head.at()));
        List<Mark> absent =
                domain.marks().stream()
                        .filter(mark -> !seen.contains(mark.anchor().value()))
                        .filter(mark -> mark.state() >= 0 && !gone(mark.state()))
                        .toList();
        for (Mark mark : absent) {
            absent(mark, head.at(), disableAbsent);
        }
        report.accept(
                "%s: %d applied, %d there already, %d refused, %d not in the file%s."
                        .formatted(
                                words(head),
                                applied,
                                already,
                                refused,
                                absent.size(),
                                disableAbsent && !absent.isEmpty() ? " and disabled" : ""));
        return refused == 0 && (absent.isEmpty() || disableAbsent);
    }

    private static String words(SealedFile.Head head) {
        return "export %s of route %s, %s, %d people"
                .formatted(
                        head.export(),
                        head.route(),
                        Instant.ofEpochMilli(head.at()),
                        head.people());
    }

    private void person(Message person, long at) throws LDAPException {
        seen.add(person.text("anchor"));
        String name = person.text("login").isEmpty() ? person.text("anchor") : person.text("login");
        Message last = null;
        if (!person.text("login").isEmpty()) {
            last = handling.account(person);
            if (failed(last)) {
                refuse(name, last);
                return;
            }
        }
        boolean made = last != null && is(last, Outcome.APPLIED);
        if (!person.text("version").isEmpty()) {
            last = handling.password(person.with("sent", Long.toString(at)));
            if (failed(last)
                    && !(is(last, Outcome.NO_SUCH_USER)
                            && gone(Integer.parseInt(person.text("state"))))) {
                refuse(name, last);
                return;
            }
        }
        if (made || last != null && is(last, Outcome.APPLIED)) {
            applied++;
        } else {
            already++;
        }
    }

    private static boolean is(Message answer, Outcome outcome) {
        return answer.text("outcome").equals(outcome.name());
    }

    private static boolean failed(Message answer) {
        return !is(answer, Outcome.APPLIED) && !is(answer, Outcome.ALREADY);
    }

    private static boolean gone(int bits) {
        AccountState state = AccountState.ofBits(bits);
        return state.has(Flag.DELETED) || state.has(Flag.OUT_OF_SCOPE);
    }

    private void refuse(String name, Message answer) {
        refused++;
        report.accept(
                "%s: %s %s".formatted(name, answer.text("outcome"), answer.text("detail")).strip());
    }

    private void absent(Mark mark, long at, boolean disable) throws LDAPException {
        String outcome = "is not in the file; --disable-absent disables them";
        if (disable) {
            Message answer =
                    handling.password(
                            Message.of(
                                    "anchor", mark.anchor().value(),
                                    "version", mark.version().toString(),
                                    "changed", "0",
                                    "sent", Long.toString(at),
                                    "state", Integer.toString(mark.state() | LEFT)));
            outcome =
                    failed(answer)
                            ? answer.text("outcome") + " " + answer.text("detail")
                            : "is not in the file; disabled";
            refused += failed(answer) ? 1 : 0;
        }
        report.accept(mark.anchor().value() + ": " + outcome);
    }
}
