/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.parity;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Parity;

/**
 * What was found of somebody.
 *
 * @param reason in words; may be empty
 */
public record Seen(SourceAnchor anchor, Parity parity, String reason) {}
