/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The catalogue of events. Numbers below 9000 are those that operators' monitors already know from
 * password hash synchronisation elsewhere and keep their meaning; ours start at 9000. {@code
 * docs/events.md} is generated from this class.
 */
public enum EventType {
    DELETION_THRESHOLD(
            116,
            Severity.ERROR,
            "Deletion threshold exceeded; nothing was exported.",
            "Look at the deletions with sync:preview, then allow them or mend the source.",
            Fact.REASON),
    SYNC_STARTING(601, Severity.INFORMATION, "Password synchronisation starts.", ""),
    SYNC_STOPPING(602, Severity.INFORMATION, "Password synchronisation is stopping.", ""),
    RETRY_ADDED(
            605,
            Severity.INFORMATION,
            "Users were added to the retry queue.",
            "",
            Fact.COUNT,
            Fact.USERS,
            Fact.REASON),
    RETRY_REMOVED(
            606,
            Severity.INFORMATION,
            "Users were removed from the retry queue.",
            "",
            Fact.COUNT,
            Fact.USERS),
    SYNC_STOPPED(609, Severity.INFORMATION, "Password synchronisation has stopped.", ""),
    SOURCE_FAILED(
            611,
            Severity.ERROR,
            "The source could not be read; nothing was changed at any target.",
            "See the reason; connector:test NAME says more.",
            Fact.REASON),
    SYNC_PAUSED(
            613,
            Severity.WARNING,
            "Password synchronisation is paused.",
            "sync:resume ROUTE continues.",
            Fact.REASON),
    PREFERRED_SERVER_FAILED(
            616,
            Severity.WARNING,
            "A preferred server failed; another one is used.",
            "Look at the named server.",
            Fact.SERVER,
            Fact.REASON),
    FULL_STARTED_FOREST(
            617, Severity.INFORMATION, "A full synchronisation of all routes has begun.", ""),
    FULL_STARTED(618, Severity.INFORMATION, "A full synchronisation has begun.", ""),
    FULL_PROGRESS(
            619,
            Severity.INFORMATION,
            "Full synchronisation is under way.",
            "",
            Fact.READ,
            Fact.APPLIED,
            Fact.UNCHANGED,
            Fact.FAILED,
            Fact.RETRIED,
            Fact.EXPECTED,
            Fact.PER_SECOND,
            Fact.TOKEN),
    NOT_RETRIED(
            620,
            Severity.WARNING,
            "Users will not be retried.",
            "sync:explain USER tells why; sync:retry tries again.",
            Fact.COUNT,
            Fact.USERS,
            Fact.REASON),
    FULL_FAILED(
            621,
            Severity.ERROR,
            "A full synchronisation failed; it continues with the next cycle.",
            "See the reason; connector:test NAME says more.",
            Fact.REASON),
    FULL_COMPLETED(
            622,
            Severity.INFORMATION,
            "A full synchronisation has been completed.",
            "",
            Fact.READ,
            Fact.APPLIED,
            Fact.UNCHANGED,
            Fact.FAILED,
            Fact.RETRIED),
    FULL_COMPLETED_FOREST(
            623,
            Severity.INFORMATION,
            "A full synchronisation of all routes has been completed.",
            ""),
    BATCH_STARTED(650, Severity.INFORMATION, "A batch of password changes has begun.", ""),
    BATCH_COMPLETED(
            651,
            Severity.INFORMATION,
            "A batch of password changes has been completed.",
            "",
            Fact.READ,
            Fact.APPLIED,
            Fact.UNCHANGED,
            Fact.FAILED,
            Fact.RETRIED),
    BATCH_FAILED(
            652,
            Severity.ERROR,
            "A batch of password changes failed; it is tried again.",
            "See the reason; connector:test NAME says more.",
            Fact.REASON),
    PING_STARTED(653, Severity.INFORMATION, "Heartbeat begins.", ""),
    PING_COMPLETED(654, Severity.INFORMATION, "Heartbeat: source and target answer.", ""),
    PING_FAILED(
            655,
            Severity.ERROR,
            "Heartbeat failed.",
            "connector:test NAME says more.",
            Fact.REASON),
    PASSWORD_REQUEST(
            656,
            Severity.INFORMATION,
            "Password changes were sent.",
            "",
            Fact.COUNT,
            Fact.USERS,
            Fact.TOKEN),
    PASSWORD_RESULT(
            657,
            Severity.INFORMATION,
            "Password changes were answered.",
            "",
            Fact.READ,
            Fact.APPLIED,
            Fact.UNCHANGED,
            Fact.FAILED,
            Fact.RETRIED,
            Fact.TOKEN),
    MANAGER_ALIVE(663, Severity.INFORMATION, "The scheduler is alive.", ""),
    USER_FAILED(
            664,
            Severity.WARNING,
            "A user could not be synchronised.",
            "sync:explain USER tells why.",
            Fact.COUNT,
            Fact.USERS,
            Fact.REASON),
    STATE_STORE_FAILED(
            665,
            Severity.ERROR,
            "The state of a cycle could not be stored; the cycle is repeated.",
            "Look at the store's disk and database.",
            Fact.REASON),
    STORE_DEADLOCK(
            666,
            Severity.WARNING,
            "The store reported a deadlock; the transaction is repeated.",
            "",
            Fact.REASON),
    LEGACY_REFUSED(
            667,
            Severity.ERROR,
            "The FIPS policy does not permit a primitive that the source's protocol needs.",
            "fips:status shows what is refused and how to allow it.",
            Fact.REASON,
            Fact.ALGORITHM,
            Fact.PURPOSE,
            Fact.REMEDY),
    STATE_CHANGES(
            668,
            Severity.INFORMATION,
            "Changes of account state without a new password were processed.",
            "",
            Fact.USERS),
    NO_START_CREDENTIALS(
            6000,
            Severity.ERROR,
            "A connector has no account secret.",
            "account:set NAME sets it.",
            Fact.REASON),
    KEYS_INACCESSIBLE(
            6028,
            Severity.ERROR,
            "The server encryption key cannot be accessed: the key set is locked.",
            "keys:unlock with the service-account password, or keys:activate an export.",
            Fact.REASON,
            Fact.CAUSE,
            Fact.REMEDY),
    CONFIGURATION_INVALID(
            9002,
            Severity.ERROR,
            "A configuration is invalid.",
            "Correct the named file; config:check FILE says all that is wrong with it.",
            Fact.FAULTS),
    KEY_SET_CREATED(
            9010,
            Severity.INFORMATION,
            "A new key set was created.",
            "Export it: keys:export FILE.",
            Fact.PROTECTOR,
            Fact.FILE),
    KEY_SET_UNLOCKED(9011, Severity.INFORMATION, "The key set was unlocked.", ""),
    KEY_SET_PASSWORD_CHANGED(
            9012,
            Severity.INFORMATION,
            "The service-account password of the key set was changed.",
            "Export the key set again: keys:export FILE.",
            Fact.PROTECTOR),
    KEY_ADDED(
            9013,
            Severity.INFORMATION,
            "A key was added.",
            "Export the key set again: keys:export FILE.",
            Fact.STATE,
            Fact.FINGERPRINT,
            Fact.GENERATION,
            Fact.PRIMARY),
    KEY_PROMOTED(
            9014,
            Severity.INFORMATION,
            "A key was made primary.",
            "",
            Fact.BEFORE,
            Fact.AFTER,
            Fact.GENERATION,
            Fact.PRIMARY),
    KEY_DISABLED(
            9015,
            Severity.WARNING,
            "A key was disabled.",
            "",
            Fact.BEFORE,
            Fact.AFTER,
            Fact.GENERATION,
            Fact.PRIMARY),
    KEY_ENABLED(
            9016,
            Severity.INFORMATION,
            "A key was enabled.",
            "",
            Fact.BEFORE,
            Fact.AFTER,
            Fact.GENERATION,
            Fact.PRIMARY),
    KEY_DESTROYED(
            9017,
            Severity.WARNING,
            "A key was destroyed.",
            "",
            Fact.BEFORE,
            Fact.AFTER,
            Fact.GENERATION,
            Fact.PRIMARY),
    KEYS_REWRAPPED(
            9018,
            Severity.INFORMATION,
            "Sealed values were re-encrypted.",
            "",
            Fact.PRIMARY,
            Fact.BATCH,
            Fact.REWRAPPED,
            Fact.CURRENT,
            Fact.REFUSED),
    KEYS_EXPORTED(
            9019,
            Severity.INFORMATION,
            "The key set was exported.",
            "",
            Fact.FILE,
            Fact.FORM,
            Fact.FINGERPRINT,
            Fact.NOTE),
    KEYS_ACTIVATED(
            9020,
            Severity.WARNING,
            "A key set was activated on this server.",
            "",
            Fact.FILE,
            Fact.REPLACES,
            Fact.OPENING,
            Fact.FENCED_OUT),
    KEYS_ABANDONED(
            9021,
            Severity.WARNING,
            "The key set was abandoned.",
            "account:list shows which accounts need a new secret.",
            Fact.SUCCESSOR,
            Fact.RESCUED,
            Fact.LOST,
            Fact.LOST_KEY_SETS),
    PROTECTOR_CHANGED(
            9022,
            Severity.INFORMATION,
            "The protector of the key set was changed.",
            "Export the key set again: keys:export FILE.",
            Fact.PROTECTOR),
    KEYS_DRILLED(
            9023,
            Severity.INFORMATION,
            "A restore of the key set was rehearsed.",
            "",
            Fact.FILE,
            Fact.OPENING,
            Fact.GENERATION,
            Fact.PRIMARY),
    SEALED_VALUE_REFUSED(
            9024,
            Severity.ERROR,
            "A sealed value was refused.",
            "doctor says whether it was changed or belongs to another key set, and what to do.",
            Fact.CAUSE,
            Fact.REASON),
    KEY_COMPROMISED(
            9025,
            Severity.WARNING,
            "A key was marked as known to others.",
            "keys:add, keys:rewrap, and change the secrets that were sealed under it.",
            Fact.STATE,
            Fact.GENERATION,
            Fact.PRIMARY),
    VALUES_VERIFIED(
            9026,
            Severity.INFORMATION,
            "The stored values were opened to verify them.",
            "",
            Fact.OPENED),
    KEY_ACT_BEGUN(
            9027,
            Severity.INFORMATION,
            "An act on the key set begins; another event says what came of it.",
            "",
            Fact.ACT,
            Fact.REASON,
            Fact.CAUSE,
            Fact.REMEDY,
            Fact.NOTE,
            Fact.GENERATION,
            Fact.LAST,
            Fact.PRIMARY,
            Fact.FINGERPRINT,
            Fact.STATE,
            Fact.BEFORE,
            Fact.AFTER,
            Fact.PROTECTOR,
            Fact.FILE,
            Fact.FORM,
            Fact.BATCH,
            Fact.REWRAPPED,
            Fact.CURRENT,
            Fact.REFUSED,
            Fact.OPENING,
            Fact.REPLACES,
            Fact.FENCED_OUT,
            Fact.SUCCESSOR,
            Fact.RESCUED,
            Fact.LOST,
            Fact.LOST_KEY_SETS),
    KEY_ACT_FAILED(
            9028,
            Severity.ERROR,
            "An act on the key set failed or was refused.",
            "See the reason; keys:status says how the key set is now.",
            Fact.ACT,
            Fact.REASON),
    VALUES_NOT_OPENING(
            9029,
            Severity.ERROR,
            "Stored values do not open.",
            "keys:verify names each one and its remedy.",
            Fact.OPENED),
    ACCOUNT_SECRET_SET(
            9030,
            Severity.INFORMATION,
            "The secret of an account was set.",
            "",
            Fact.ACCOUNT,
            Fact.VERIFIED),
    ACCOUNT_SECRET_RESET(
            9031, Severity.INFORMATION, "The secret of an account was reset at its system.", ""),
    KEY_SET_OUTDATED(
            9034,
            Severity.WARNING,
            "The key-set file is an older copy than the one that was used last.",
            "Put the newest copy back; doctor says what is at risk.",
            Fact.GENERATION,
            Fact.LAST,
            Fact.PRIMARY,
            Fact.REASON),
    CONNECTOR_ONLINE(9040, Severity.INFORMATION, "A connector instance is online.", ""),
    CONNECTOR_OFFLINE(
            9041,
            Severity.WARNING,
            "A connector instance is offline.",
            "connector:test NAME says more.",
            Fact.REASON),
    CONNECTOR_PAUSED(
            9042,
            Severity.INFORMATION,
            "A connector instance was paused.",
            "connector:resume NAME continues."),
    CONNECTOR_RESUMED(9043, Severity.INFORMATION, "A connector instance was resumed.", ""),
    CONNECTOR_FAULT(
            9044,
            Severity.ERROR,
            "A connector bundle failed in an unforeseen way.",
            "Report it to the bundle's vendor.",
            Fact.REASON),
    CONNECTOR_SWAPPED(
            9045,
            Severity.INFORMATION,
            "A connector bundle was added, updated or removed.",
            "",
            Fact.CHANGE,
            Fact.BUNDLE),
    BAD_RECORD(
            9046,
            Severity.WARNING,
            "A record of a source or target cannot be used.",
            "Mend the record at the named place.",
            Fact.PLACE,
            Fact.REASON),
    PLUGIN_REFUSED(
            9047,
            Severity.WARNING,
            "A jar in deploy/ is not used.",
            "connector:list --jars tells what to do.",
            Fact.REASON,
            Fact.REMEDY),
    PLUGIN_RETURNED(
            9048,
            Severity.WARNING,
            "A new version of a plug-in did not start; the former one was put back.",
            "Put a mended version into deploy/.",
            Fact.REASON),
    PLUGIN_MISSED(
            9049,
            Severity.WARNING,
            "A jar was taken away from deploy/ while the platform was down.",
            "Put it back, if a connector needs it.",
            Fact.BUNDLE),
    SYNC_RESUMED(
            9050,
            Severity.INFORMATION,
            "Password synchronisation was resumed.",
            "",
            Fact.WAS_PAUSED,
            Fact.ALLOW_DELETIONS,
            Fact.MOST,
            Fact.UNTIL),
    WATERMARK_EXPIRED(
            9051,
            Severity.WARNING,
            "The source no longer knows the watermark; a full synchronisation follows.",
            "",
            Fact.REASON),
    RUN_REQUESTED(
            9052,
            Severity.INFORMATION,
            "An operator asked for a run.",
            "",
            Fact.KIND,
            Fact.ALLOW_DELETIONS),
    RETRY_REQUESTED(
            9053,
            Severity.INFORMATION,
            "An operator asked for retries to be made now.",
            "",
            Fact.USERS),
    ROUTE_ACTIVATED(9054, Severity.WARNING, "A staging route was switched on.", ""),
    REVIEW_STARTED(
            9055,
            Severity.INFORMATION,
            "The configuration or what the target verifies changed; everybody whom it may concern"
                    + " is judged anew.",
            "",
            Fact.CHANGED),
    REPAIR_REQUESTED(
            9056,
            Severity.WARNING,
            "An operator had passwords written again that were found different at the target.",
            "",
            Fact.COUNT,
            Fact.USERS),
    PARITY_DIFFERENT(
            9057,
            Severity.WARNING,
            "The target does not hold what was written of these users, or cannot say so.",
            "Find out who changed the target; sync:verify ROUTE --repair writes what is different"
                    + " again.",
            Fact.COUNT,
            Fact.USERS,
            Fact.REASON),
    PARITY_PROVEN(
            9058,
            Severity.INFORMATION,
            "Everybody in step was compared with the target.",
            "",
            Fact.COUNT,
            Fact.SAME),
    SOURCE_CREDENTIALS(
            9059,
            Severity.WARNING,
            "A run sends source credentials, sealed for the target's recipient.",
            "If that is not meant, set 'allowSourceCredentials = false' in the route's file."),
    LEASE_ACQUIRED(
            9060,
            Severity.INFORMATION,
            "This server holds a route's lease and runs it.",
            "",
            Fact.HOLDER,
            Fact.TOKEN),
    LEASE_LOST(
            9061,
            Severity.ERROR,
            "This server lost a route's lease and no longer runs it.",
            "One server runs a route at a time; sync:status names it.",
            Fact.REASON),
    LEASE_GIVEN(
            9062,
            Severity.INFORMATION,
            "This server gave a route's lease back, so that another one runs it.",
            "",
            Fact.HOLDER,
            Fact.TOKEN),
    LEASE_WANTED(
            9063,
            Severity.INFORMATION,
            "Somebody asked that this server runs a route.",
            "",
            Fact.HOLDER,
            Fact.SERVER),
    SEALED_EXPORT_BEGUN(
            9064,
            Severity.WARNING,
            "An operator has source credentials written to a file, sealed for the target's"
                    + " recipient.",
            "If that is not meant, set 'allowSourceCredentials = false' in the route's file.",
            Fact.FILE),
    SEALED_EXPORTED(
            9065,
            Severity.WARNING,
            "A file of sealed source credentials is written.",
            "Carry it to the recipient and apply it there; delete it afterwards.",
            Fact.FILE,
            Fact.COUNT,
            Fact.REFUSED),
    SEALED_EXPORT_FAILED(
            9066,
            Severity.ERROR,
            "A file of sealed source credentials was not written.",
            "See the reason, and run sync:export-sealed again.",
            Fact.FILE,
            Fact.REASON),
    JOURNAL_BROKEN(
            9070,
            Severity.ERROR,
            "The event journal's hash chain is broken.",
            "Somebody changed the journal outside the platform; restore it from a backup and look"
                    + " into it.",
            Fact.REASON),
    JOURNAL_END_ACCEPTED(
            9071,
            Severity.WARNING,
            "The journal's present end is taken for the right one.",
            "If nobody put a backup of the store back, ask who did this and why."),
    SYSLOG_UNREACHABLE(
            9072,
            Severity.WARNING,
            "The journal is not forwarded to the syslog receiver.",
            "Nothing is lost, it is sent as soon as it can be; see the reason.",
            Fact.REASON),
    SYSLOG_RESUMED(
            9073,
            Severity.INFORMATION,
            "The journal is forwarded to the syslog receiver again.",
            ""),
    JOURNAL_PRUNED(
            9074,
            Severity.INFORMATION,
            "The journal's oldest records were removed, as its retention says.",
            "Older exports still fit: the hash is the one of their record of that number.",
            Fact.COUNT,
            Fact.LAST_RECORD,
            Fact.HASH,
            Fact.NEWEST),
    STORE_BEHIND(
            9075,
            Severity.ERROR,
            "The store lacks what this server wrote to it before.",
            "Nothing has to be done for the routes, which go on from where the store stands. If a"
                    + " standby was promoted, see docs/runbooks/postgresql-fail-over.md; if nobody"
                    + " did that or put a backup back, look into it.",
            Fact.REASON),
    FIPS_POLICY(
            9080,
            Severity.INFORMATION,
            "The FIPS policy is in force or has been changed.",
            "",
            Fact.BEFORE,
            Fact.AFTER),
    FIPS_HOST_DIFFERS(
            9081,
            Severity.WARNING,
            "The FIPS policies of configuration and host differ; the stricter one holds.",
            "Set 'enforce' in etc/io.passbridge.fips.cfg as the host has it.",
            Fact.REASON),
    FIPS_MODULE_REFUSED(
            9082,
            Severity.ERROR,
            "The FIPS policy is enforced and its cryptographic module cannot be used.",
            "See the reason; fips:status says more.",
            Fact.REASON);

    private final int number;
    private final Severity severity;
    private final String text;
    private final String remedy;
    private final Set<Fact> facts;

    EventType(int number, Severity severity, String text, String remedy, Fact... facts) {
        this.number = number;
        this.severity = severity;
        this.text = text;
        this.remedy = remedy;
        this.facts = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(facts)));
    }

    /** How bad an event is. */
    public enum Severity {
        INFORMATION,
        WARNING,
        ERROR;

        /**
         * The severity that a configuration calls {@code information}, {@code warning} or {@code
         * error}, in any case.
         *
         * @param pid of the configuration, for the message
         * @throws IllegalArgumentException if there is none of that name
         */
        public static Severity named(String name, String pid) {
            for (Severity severity : values()) {
                if (severity.name().equalsIgnoreCase(name.strip())) {
                    return severity;
                }
            }
            throw new IllegalArgumentException(
                    "'severity' of %s is '%s'; it is information, warning or error"
                            .formatted(pid, name));
        }
    }

    public int number() {
        return number;
    }

    public Severity severity() {
        return severity;
    }

    /** One sentence for people. */
    public String text() {
        return text;
    }

    /** What to do; may be empty for information. */
    public String remedy() {
        return remedy;
    }

    /** What its records may tell beyond {@link Fact#COMMON}, in the order of importance. */
    public Set<Fact> facts() {
        return facts;
    }

    /**
     * For journals: makes sure that an event tells what its type names and nothing else.
     *
     * @throws IllegalArgumentException naming the fact that its type does not
     */
    public void require(Set<Fact> told) {
        for (Fact fact : told) {
            if (!facts.contains(fact) && !Fact.COMMON.contains(fact)) {
                throw new IllegalArgumentException(
                        "event " + this + " has no fact " + fact + "; its facts are " + facts);
            }
        }
    }
}
