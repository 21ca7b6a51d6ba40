/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an event can tell beyond its type and subject. Each {@link EventType} names the facts that
 * its records may have. A fact's name is what is stored and shown, and does not change.
 */
public enum Fact {
    /** Who caused it; without this fact the actor is {@code system}. */
    ACTOR("actor"),

    /** When it happened, if it could not be recorded until later. */
    AT("at"),

    /** How many of the kind were not recorded before this one. */
    SUPPRESSED("suppressed"),

    /** Why, in words. */
    REASON("reason"),

    /** Why, by the name of a kind. */
    CAUSE("cause"),

    /** What to do about it. */
    REMEDY("remedy"),

    /** What else is to be known. */
    NOTE("note"),

    /** Number and name of the event that the act is going to be if it succeeds. */
    ACT("act"),

    /** How many users. */
    COUNT("count"),

    /** Anchors of users, or how many there are. */
    USERS("users"),

    /** Changes read. */
    READ("read"),

    /** Changes stored at the target. */
    APPLIED("applied"),

    /** Changes that the target had already. */
    UNCHANGED("unchanged"),

    /** Changes refused for good. */
    FAILED("failed"),

    /** Changes put into the retry queue. */
    RETRIED("retried"),

    /** How many users a full run is going to read, or {@code unknown}. */
    EXPECTED("expected"),

    /** How many users a second are dealt with. */
    PER_SECOND("perSecond"),

    /** How many users the target holds as the source does. */
    SAME("same"),

    /** {@code full} or {@code delta}. */
    KIND("kind"),

    /** Whether the deletion threshold is lifted. */
    ALLOW_DELETIONS("allowDeletions"),

    /** How many deletions are allowed, or {@code any}. */
    MOST("most"),

    /** Until when something is allowed. */
    UNTIL("until"),

    /** Why the route was paused before. */
    WAS_PAUSED("wasPaused"),

    /** What is different, by name. */
    CHANGED("changed"),

    /** What is wrong with a configuration. */
    FAULTS("faults"),

    /** Which server holds the route's lease. */
    HOLDER("holder"),

    /** The fencing token of the route's lease under which it was done. */
    TOKEN("token"),

    /** Which server of a system, or of this platform. */
    SERVER("server"),

    /** Where in the source or target. */
    PLACE("place"),

    /** {@code added} or {@code removed}. */
    CHANGE("change"),

    /** Symbolic name and version of a bundle. */
    BUNDLE("bundle"),

    /** The name of an account. */
    ACCOUNT("account"),

    /** Whether a secret was tried at its system. */
    VERIFIED("verified"),

    /** A legacy algorithm. */
    ALGORITHM("algorithm"),

    /** What an algorithm was to be used for. */
    PURPOSE("purpose"),

    /** Which generation of the key set. */
    GENERATION("generation"),

    /** The newest generation that was used. */
    LAST("last"),

    /** Id, or id and fingerprint, of the primary key. */
    PRIMARY("primary"),

    /** Of a key or an export. */
    FINGERPRINT("fingerprint"),

    /** Of a key. */
    STATE("state"),

    /** A state before. */
    BEFORE("before"),

    /** A state after. */
    AFTER("after"),

    /** What protects the key set. */
    PROTECTOR("protector"),

    /** Where a file is. */
    FILE("file"),

    /** Of an export. */
    FORM("form"),

    /** How many values at once, or {@code all}. */
    BATCH("batch"),

    /** How many values were re-encrypted. */
    REWRAPPED("rewrapped"),

    /** How many values were under the primary key already. */
    CURRENT("current"),

    /** How many values were refused. */
    REFUSED("refused"),

    /** How many stored values open, of how many. */
    OPENED("opened"),

    /** How many stored values would open, of how many. */
    OPENING("opening"),

    /** The key set that another one takes the place of, or {@code none}. */
    REPLACES("replaces"),

    /** The server that lost the lease by that. */
    FENCED_OUT("fenced out"),

    /** The key set that takes the place of an abandoned one. */
    SUCCESSOR("successor"),

    /** How many values were kept. */
    RESCUED("rescued"),

    /** How many values were given up. */
    LOST("lost"),

    /** The sequence number of the last of several records. */
    LAST_RECORD("lastRecord"),

    /** Of the journal's chain at that record. */
    HASH("hash"),

    /** When the newest of several records was written. */
    NEWEST("newest"),

    /** The key sets whose values were given up. */
    LOST_KEY_SETS("lostKeySets");

    /** What any event may tell. */
    public static final Set<Fact> COMMON = Set.copyOf(EnumSet.of(ACTOR, AT, SUPPRESSED));

    private final String text;

    Fact(String text) {
        this.text = text;
    }

    /** Its name as it is stored and shown. */
    public String text() {
        return text;
    }

    /** The fact of that name, if there is one. */
    public static Optional<Fact> of(String text) {
        for (Fact fact : values()) {
            if (fact.text.equals(text)) {
                return Optional.of(fact);
            }
        }
        return Optional.empty();
    }

    /** The same facts by their names. */
    public static Map<String, String> byName(Map<Fact, String> facts) {
        Map<String, String> named = new LinkedHashMap<>();
        facts.forEach((fact, value) -> named.put(fact.text, value));
        return named;
    }
}
