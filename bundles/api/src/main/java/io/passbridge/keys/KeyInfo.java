/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import java.time.Instant;

/**
 * What may be shown of a key.
 *
 * @param id its number within the key set, never used again
 * @param status its state
 * @param created when it was made or imported
 * @param changed when its state last changed
 * @param imported whether it came from outside
 * @param compromised whether somebody marked it as known to others; it is never primary again
 * @param fingerprint 16 hex digits to compare copies by, derived from the key by a labelled HMAC;
 *     empty if it was destroyed
 */
public record KeyInfo(
        int id,
        KeyStatus status,
        Instant created,
        Instant changed,
        boolean imported,
        boolean compromised,
        String fingerprint) {}
