/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

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
            "Look at the deletions with sync:preview, then allow them or mend the source."),
    SYNC_STARTING(601, Severity.INFORMATION, "Password synchronisation starts.", ""),
    SYNC_STOPPING(602, Severity.INFORMATION, "Password synchronisation is stopping.", ""),
    RETRY_ADDED(605, Severity.INFORMATION, "Users were added to the retry queue.", ""),
    RETRY_REMOVED(606, Severity.INFORMATION, "Users were removed from the retry queue.", ""),
    SYNC_STOPPED(609, Severity.INFORMATION, "Password synchronisation has stopped.", ""),
    SOURCE_FAILED(
            611,
            Severity.ERROR,
            "The source could not be read; nothing was changed at any target.",
            "See the reason; connector:test NAME says more."),
    SYNC_PAUSED(
            613,
            Severity.WARNING,
            "Password synchronisation is paused.",
            "sync:resume ROUTE continues."),
    PREFERRED_SERVER_FAILED(
            616,
            Severity.WARNING,
            "A preferred server failed; another one is used.",
            "Look at the named server."),
    FULL_STARTED_FOREST(
            617, Severity.INFORMATION, "A full synchronisation of all routes has begun.", ""),
    FULL_STARTED(618, Severity.INFORMATION, "A full synchronisation has begun.", ""),
    FULL_PROGRESS(619, Severity.INFORMATION, "Full synchronisation is under way.", ""),
    NOT_RETRIED(
            620,
            Severity.WARNING,
            "Users will not be retried.",
            "sync:explain USER tells why; sync:retry tries again."),
    FULL_FAILED(
            621,
            Severity.ERROR,
            "A full synchronisation failed; it continues with the next cycle.",
            "See the reason; connector:test NAME says more."),
    FULL_COMPLETED(622, Severity.INFORMATION, "A full synchronisation has been completed.", ""),
    FULL_COMPLETED_FOREST(
            623,
            Severity.INFORMATION,
            "A full synchronisation of all routes has been completed.",
            ""),
    BATCH_STARTED(650, Severity.INFORMATION, "A batch of password changes has begun.", ""),
    BATCH_COMPLETED(
            651, Severity.INFORMATION, "A batch of password changes has been completed.", ""),
    BATCH_FAILED(
            652,
            Severity.ERROR,
            "A batch of password changes failed; it is tried again.",
            "See the reason; connector:test NAME says more."),
    PING_STARTED(653, Severity.INFORMATION, "Heartbeat begins.", ""),
    PING_COMPLETED(654, Severity.INFORMATION, "Heartbeat: source and target answer.", ""),
    PING_FAILED(655, Severity.ERROR, "Heartbeat failed.", "connector:test NAME says more."),
    PASSWORD_REQUEST(656, Severity.INFORMATION, "Password changes were sent.", ""),
    PASSWORD_RESULT(657, Severity.INFORMATION, "Password changes were answered.", ""),
    MANAGER_ALIVE(663, Severity.INFORMATION, "The scheduler is alive.", ""),
    USER_FAILED(
            664,
            Severity.WARNING,
            "A user could not be synchronised.",
            "sync:explain USER tells why."),
    STATE_STORE_FAILED(
            665,
            Severity.ERROR,
            "The state of a cycle could not be stored; the cycle is repeated.",
            "Look at the store's disk and database."),
    STORE_DEADLOCK(
            666,
            Severity.WARNING,
            "The store reported a deadlock; the transaction is repeated.",
            ""),
    LEGACY_REFUSED(
            667,
            Severity.ERROR,
            "The FIPS policy does not permit a primitive that the source's protocol needs.",
            "fips:status shows what is refused and how to allow it."),
    STATE_CHANGES(
            668,
            Severity.INFORMATION,
            "Changes of account state without a new password were processed.",
            ""),
    NO_START_CREDENTIALS(
            6000,
            Severity.ERROR,
            "A connector has no account secret.",
            "account:set NAME sets it."),
    KEYS_INACCESSIBLE(
            6028,
            Severity.ERROR,
            "The server encryption key cannot be accessed: the key set is locked.",
            "keys:unlock with the service-account password, or keys:activate an export."),
    PLATFORM_STARTED(9000, Severity.INFORMATION, "The platform has started.", ""),
    PLATFORM_STOPPING(9001, Severity.INFORMATION, "The platform is stopping.", ""),
    CONFIGURATION_INVALID(
            9002,
            Severity.ERROR,
            "A configuration is invalid.",
            "Correct the named file; config:check FILE says all that is wrong with it."),
    KEY_SET_CREATED(
            9010,
            Severity.INFORMATION,
            "A new key set was created.",
            "Export it: keys:export FILE."),
    KEY_SET_UNLOCKED(9011, Severity.INFORMATION, "The key set was unlocked.", ""),
    KEY_SET_PASSWORD_CHANGED(
            9012,
            Severity.INFORMATION,
            "The service-account password of the key set was changed.",
            "Export the key set again: keys:export FILE."),
    KEY_ADDED(
            9013,
            Severity.INFORMATION,
            "A key was added.",
            "Export the key set again: keys:export FILE."),
    KEY_PROMOTED(9014, Severity.INFORMATION, "A key was made primary.", ""),
    KEY_DISABLED(9015, Severity.WARNING, "A key was disabled.", ""),
    KEY_ENABLED(9016, Severity.INFORMATION, "A key was enabled.", ""),
    KEY_DESTROYED(9017, Severity.WARNING, "A key was destroyed.", ""),
    KEYS_REWRAPPED(9018, Severity.INFORMATION, "Sealed values were re-encrypted.", ""),
    KEYS_EXPORTED(9019, Severity.INFORMATION, "The key set was exported.", ""),
    KEYS_ACTIVATED(9020, Severity.WARNING, "A key set was activated on this server.", ""),
    KEYS_ABANDONED(
            9021,
            Severity.WARNING,
            "The key set was abandoned.",
            "account:list shows which accounts need a new secret."),
    PROTECTOR_CHANGED(
            9022,
            Severity.INFORMATION,
            "The protector of the key set was changed.",
            "Export the key set again: keys:export FILE."),
    KEYS_DRILLED(9023, Severity.INFORMATION, "A restore of the key set was rehearsed.", ""),
    SEALED_VALUE_REFUSED(
            9024,
            Severity.ERROR,
            "A sealed value was refused.",
            "doctor says whether it was changed or belongs to another key set, and what to do."),
    KEY_COMPROMISED(
            9025,
            Severity.WARNING,
            "A key was marked as known to others.",
            "keys:add, keys:rewrap, and change the secrets that were sealed under it."),
    VALUES_VERIFIED(
            9026, Severity.INFORMATION, "The stored values were opened to verify them.", ""),
    KEY_ACT_BEGUN(
            9027,
            Severity.INFORMATION,
            "An act on the key set begins; another event says what came of it.",
            ""),
    KEY_ACT_FAILED(
            9028,
            Severity.ERROR,
            "An act on the key set failed or was refused.",
            "See the reason; keys:status says how the key set is now."),
    VALUES_NOT_OPENING(
            9029,
            Severity.ERROR,
            "Stored values do not open.",
            "keys:verify names each one and its remedy."),
    ACCOUNT_SECRET_SET(9030, Severity.INFORMATION, "The secret of an account was set.", ""),
    ACCOUNT_SECRET_RESET(
            9031, Severity.INFORMATION, "The secret of an account was reset at its system.", ""),
    KEY_SET_OUTDATED(
            9034,
            Severity.WARNING,
            "The key-set file is an older copy than the one that was used last.",
            "Put the newest copy back; doctor says what is at risk."),
    CONNECTOR_ONLINE(9040, Severity.INFORMATION, "A connector instance is online.", ""),
    CONNECTOR_OFFLINE(
            9041,
            Severity.WARNING,
            "A connector instance is offline.",
            "connector:test NAME says more."),
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
            "Report it to the bundle's vendor."),
    CONNECTOR_SWAPPED(
            9045, Severity.INFORMATION, "A connector bundle was added, updated or removed.", ""),
    BAD_RECORD(
            9046,
            Severity.WARNING,
            "A record of a source or target cannot be used.",
            "Mend the record at the named place."),
    SYNC_RESUMED(9050, Severity.INFORMATION, "Password synchronisation was resumed.", ""),
    WATERMARK_EXPIRED(
            9051,
            Severity.WARNING,
            "The source no longer knows the watermark; a full synchronisation follows.",
            ""),
    RUN_REQUESTED(9052, Severity.INFORMATION, "An operator asked for a run.", ""),
    RETRY_REQUESTED(
            9053, Severity.INFORMATION, "An operator asked for retries to be made now.", ""),
    ROUTE_ACTIVATED(9054, Severity.WARNING, "A staging route was switched on.", ""),
    REVIEW_STARTED(
            9055,
            Severity.INFORMATION,
            "The configuration changed; everybody whom it may concern is judged anew.",
            ""),
    LEASE_ACQUIRED(9060, Severity.INFORMATION, "This server holds the lease and exports.", ""),
    LEASE_LOST(
            9061,
            Severity.ERROR,
            "This server lost the lease and stands by.",
            "Only one server may export; sync:status names the holder."),
    JOURNAL_BROKEN(
            9070,
            Severity.ERROR,
            "The event journal's hash chain is broken.",
            "Somebody changed the journal outside the platform; restore it from a backup and look"
                    + " into it.");

    private final int number;
    private final Severity severity;
    private final String text;
    private final String remedy;

    EventType(int number, Severity severity, String text, String remedy) {
        this.number = number;
        this.severity = severity;
        this.text = text;
        this.remedy = remedy;
    }

    /** How bad an event is. */
    public enum Severity {
        INFORMATION,
        WARNING,
        ERROR
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
}
