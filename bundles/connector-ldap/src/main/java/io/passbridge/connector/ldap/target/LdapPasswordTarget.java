/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.Session;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.connector.ldap.target.Mark.Written;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes {@code userPassword} values as they are, with the state of the account, and last or in the
 * same change a mark of the version: what has no mark is written again. A value that is there
 * already is not: servers would count it as a new password.
 */
public final class LdapPasswordTarget implements PasswordTarget {
    /** Of crypt(5), up to 2^18 blocks: what no verifier of the platform knows. */
    private static final Pattern YESCRYPT =
            Pattern.compile(
                    "\\{[Cc][Rr][Yy][Pp][Tt]}\\$g?y\\$j[./0-9A-F][./0-9A-Z]"
                            + "\\$[./0-9A-Za-z]{1,86}\\$[./0-9A-Za-z]{43}");

    private final TargetSettings settings;
    private final ConnectorContext context;
    private final Session session;
    private VerifiedKinds kinds;
    private StateForm form;
    private UnwantedWishes.Server wishing = UnwantedWishes.Server.UNKNOWN;

    public LdapPasswordTarget(TargetSettings settings, ConnectorContext context, Session session) {
        this.settings = settings;
        this.context = context;
        this.session = session;
    }

    @Override
    public Set<String> schemes() throws ConnectorException {
        return session.ask(
                directory -> {
                    learn(directory);
                    return kinds.names();
                });
    }

    /** Each time that the platform asks, since a server's modules and schemes change. */
    private void learn(LDAPInterface directory) throws LDAPException {
        ServerFacts facts = ServerFacts.read(directory);
        form = StateForm.of(directory, facts);
        wishing = UnwantedWishes.Server.of(directory, form);
        kinds = VerifiedKinds.of(directory, facts, settings.schemes());
    }

    @Override
    public List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException {
        return session.ask(
                directory -> {
                    if (kinds == null) {
                        learn(directory);
                    }
                    Users all = new Users(directory, settings, form);
                    Map<SourceAnchor, List<Entry>> users =
                            all.byAnchors(batch.stream().map(PasswordUpdate::anchor).toList());
                    UnwantedWishes wishes = new UnwantedWishes(directory, all, form, wishing);
                    List<ItemOutcome> outcomes = new ArrayList<>(batch.size());
                    boolean wrote = false;
                    for (PasswordUpdate update : batch) {
                        ItemOutcome outcome = apply(directory, users, update, wishes, wrote);
                        wrote |= outcome.outcome() == Outcome.APPLIED;
                        outcomes.add(outcome);
                    }
                    wishing = wishes.takeBack();
                    return outcomes;
                });
    }

    private ItemOutcome apply(
            LDAPInterface directory,
            Map<SourceAnchor, List<Entry>> users,
            PasswordUpdate update,
            UnwantedWishes wishes,
            boolean wrote)
            throws ConnectorException {
        List<Entry> found = users.getOrDefault(update.anchor(), List.of());
        if (found.isEmpty()) {
            return outcome(
                    update,
                    Outcome.NO_SUCH_USER,
                    "no user in scope has " + settings.anchorAttribute() + " " + update.anchor());
        }
        if (found.size() > 1) {
            return outcome(
                    update,
                    Outcome.REJECTED,
                    Finding.count(found.size(), "entry carries", "entries carry")
                            + " the same "
                            + settings.anchorAttribute());
        }
        Entry entry = found.get(0);
        Optional<Mark> before = Mark.parse(entry.getAttributeValue(settings.versionAttribute()));
        int order = before.map(mark -> mark.version().compareTo(update.version())).orElse(-1);
        if (order > 0) {
            return outcome(update, Outcome.CONFLICT, "the target holds a newer version");
        }
        Optional<String> fault = fault(update);
        if (fault.isPresent()) {
            return outcome(update, Outcome.REJECTED, fault.get());
        }
        return write(directory, entry, before, update, wishes, wrote);
    }

    private ItemOutcome write(
            LDAPInterface directory,
            Entry entry,
            Optional<Mark> before,
            PasswordUpdate update,
            UnwantedWishes wishes,
            boolean wrote)
            throws ConnectorException {
        boolean same = before.filter(mark -> mark.version().equals(update.version())).isPresent();
        AccountState stateBefore = before.map(Mark::state).orElse(AccountState.ACTIVE);
        boolean open = update.state().mayStillSignIn();
        Written written = before.filter(mark -> same).map(Mark::written).orElse(null);
        List<Modification> changes = new ArrayList<>();
        String detail = "";
        if (update.digest().isPresent() && written != Written.PASSWORD) {
            if (!form.unlocksByPassword() || open && !isLockedByAnother(entry, stateBefore)) {
                password(entry, update.digest().get()).ifPresent(changes::add);
                written = Written.PASSWORD;
            } else if (open) {
                return outcome(
                        update,
                        Outcome.RETRY,
                        "the account is locked at the target by somebody else, and a password"
                                + " would unlock it; it waits until the account is unlocked");
            } else {
                written = Written.PASSWORD_WITHHELD;
                detail = "the account is closed; the password is written when it is opened";
            }
        } else if (update.digest().isEmpty() && open && isWithheld(before)) {
            return outcome(
                    update,
                    Outcome.RETRY,
                    "the account is opened, and its password is still to be written");
        } else if (written == null) {
            written = isWithheld(before) ? Written.PASSWORD_WITHHELD : Written.STATE_ALONE;
        }
        Mark now = new Mark(update.version(), update.state(), written);
        boolean newPassword = !changes.isEmpty();
        List<Modification> states = form.changes(entry, stateBefore, update.state(), newPassword);
        try {
            if (before.equals(Optional.of(now))) {
                // a crash may have come before the wishes were looked at
                if (form.mustChange(entry)
                        && update.digest().filter(digest -> isThere(entry, digest)).isPresent()) {
                    wishes.wrote(update);
                }
                return ItemOutcome.already(update.anchor());
            }
            if (newPassword && form.unlocksByPassword() && !StateForm.mustChange(update.state())) {
                // with pwdMustChange the overlay would ask for another password, unless told
                changes.add(form.noLonger());
            }
            if (form.unlocksByPassword() && !changes.isEmpty() && !states.isEmpty()) {
                // the overlay's own unlocking and ours do not go together in one change; without
                // the mark, all of it is done again after a crash
                directory.modify(entry.getDN(), changes);
                changes.clear();
            }
            changes.addAll(states);
            changes.add(
                    new Modification(
                            ModificationType.REPLACE, settings.versionAttribute(), now.toString()));
            directory.modify(entry.getDN(), changes);
            if (newPassword) {
                wishes.wrote(update);
            }
            return outcome(update, Outcome.APPLIED, detail);
        } catch (LDAPException e) {
            return Refusals.of(update.anchor(), e, wrote);
        }
    }

    private boolean isLockedByAnother(Entry entry, AccountState before) {
        return form.isLocked(entry) && before.mayStillSignIn();
    }

    private static boolean isWithheld(Optional<Mark> mark) {
        return mark.filter(it -> it.written() == Written.PASSWORD_WITHHELD).isPresent();
    }

    /** Why the update cannot be taken, whatever the target holds. */
    private Optional<String> fault(PasswordUpdate update) {
        if (!form.holds(update.state())) {
            return Optional.of(
                    "this server has no way to disable an account; in OpenLDAP load ppolicy");
        }
        return update.digest().flatMap(this::fault);
    }

    /** Why a server would not verify a value, or take it for the password itself. */
    private Optional<String> fault(Digest digest) {
        Optional<PasswordKind> kind = PasswordKind.of(digest.encoded());
        if (kind.isEmpty() || !kinds.kinds().contains(kind.get())) {
            return Optional.of(
                    "the server is not known to verify "
                            + kind.map(PasswordKind::text).orElse(digest.scheme())
                            + "; parameter 'schemes' says what it verifies");
        }
        PasswordVerifier verifier = context.passwordVerifier();
        Digest known = new Digest(kind.get().text(), digest.encoded());
        if (verifier.schemes().contains(known.scheme())) {
            return verifier.fault(known);
        }
        return YESCRYPT.matcher(digest.encoded()).matches()
                ? Optional.empty()
                : Optional.of(
                        "a value of "
                                + known.scheme()
                                + " is malformed, costs too much, or cannot be judged here");
    }

    private static Optional<Modification> password(Entry entry, Digest digest) {
        return isThere(entry, digest)
                ? Optional.empty()
                : Optional.of(
                        new Modification(ModificationType.REPLACE, Users.PASSWORD, bytes(digest)));
    }

    private static boolean isThere(Entry entry, Digest digest) {
        byte[][] held = entry.getAttributeValueByteArrays(Users.PASSWORD);
        return held != null && held.length == 1 && MessageDigest.isEqual(held[0], bytes(digest));
    }

    private static byte[] bytes(Digest digest) {
        return named(digest.encoded()).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The value under the one name that servers know its kind by: under another one, such as
     * {BCRYPT}, they would take it for the password itself.
     */
    private static String named(String value) {
        String kind = PasswordKind.of(value).orElseThrow().text();
        String name =
                kind.startsWith("CRYPT") ? "CRYPT" : kind.startsWith("ARGON2") ? "ARGON2" : kind;
        return "{" + name + "}" + value.substring(value.indexOf('}') + 1);
    }

    private static ItemOutcome outcome(PasswordUpdate update, Outcome outcome, String detail) {
        return new ItemOutcome(update.anchor(), outcome, detail);
    }
}
